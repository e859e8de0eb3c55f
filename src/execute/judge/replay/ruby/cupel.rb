# Both sides in Ruby: `serve` answers calls for the candidate, `call` stands in for its functions in the tests. Values are
# read by the methods of the built-in classes, whatever a program made of them (see the README of the folder above).
require 'set'

module CupelReplay
  Lines = $stdin.binmode.read.split("\n")
  Mark = Lines[0].to_s
  # Replies go where programs do not print: what they print goes to the standard error.
  Out = $stdout.dup.binmode
  Out.sync = true

  class CannotCross < StandardError; end
  # What stayed with the candidate: it equals nothing.
  class Opaque < BasicObject
    def initialize(name) = @name = name
    def ==(_) = false
    def !=(_) = true
    def inspect = "<#{@name} of the candidate>"
    def method_missing(*) = ::Kernel.raise(::TypeError, "the candidate gave a #{@name}, which cannot leave its process")
    def respond_to_missing?(*) = false
  end

  # What theirs mean is for the tests to say: that one is to be left out, for instance.
  FRAMEWORKS = %w[Test Minitest MiniTest RSpec CupelReplay].freeze

  class << self
    kind_of = Kernel.instance_method(:class)
    define_method(:class_of) { |value| BasicObject === value ? (kind_of.bind_call(value) rescue BasicObject) : BasicObject }

    def send_line(line)
      Out.write("\n#{Mark} #{line}\n")
      Out.flush
    end

    def text(value) = value.b.gsub(/[^!-~]|%/n) { |byte| format('%%%02x', byte.ord) }

    def float(value) = 'd' + [value].pack('G').unpack1('H*')

    def put(value, out, open = [])
      kind = Module.instance_method(:ancestors).bind_call(class_of(value))
      case
      when value.equal?(nil) then out << 'n'
      when value.equal?(true) then out << 't'
      when value.equal?(false) then out << 'f'
      when kind.include?(Integer) then out << "i#{Integer.instance_method(:to_s).bind_call(value)}"
      when kind.include?(Float) then out << float(value)
      when kind.include?(String) then out << "s#{text(String.instance_method(:+).bind_call(value, ''))}"
      when kind.include?(Symbol) then out << "y#{text(Symbol.instance_method(:name).bind_call(value))}"
      when kind.include?(Array) then group('[', Array.instance_method(:each), value, out, open)
      when kind.include?(Hash)
        inside(value, open) do
          out << "M#{Hash.instance_method(:size).bind_call(value)}"
          Hash.instance_method(:each_pair).bind_call(value) { |key, item| put(key, out, open); put(item, out, open) }
        end
      when kind.include?(Set) then group('<', Set.instance_method(:each), value, out, open)
      else out << "?#{text(class_of(value).name.to_s)}"
      end
    end

    def group(mark, each, value, out, open)
      inside(value, open) do
        at = out.size
        out << nil
        count = 0
        each.bind_call(value) { |item| count += 1; put(item, out, open) }
        out[at] = "#{mark}#{count}"
      end
    end

    def inside(value, open)
      raise CannotCross, 'a value that contains itself cannot cross' if open.any? { |outer| outer.equal?(value) }
      raise CannotCross, 'the value is nested too deeply to cross' if open.size > 390
      open.push(value)
      yield
      open.pop
    end

    def tokens(value)
      out = []
      put(value, out)
      out.join(' ')
    end

    def untext(token)
      bytes = token[1..].gsub(/%u....|%(..)/) { $1 ? $1.hex.chr : '?' }.force_encoding('UTF-8')
      bytes.valid_encoding? ? bytes : bytes.b
    end

    def take(tokens)
      token = tokens.shift
      rest = token[1..]
      case token[0]
      when 'n', 'u' then nil
      when 't' then true
      when 'f' then false
      when 'i', 'I' then rest.to_i
      when 'd' then [rest].pack('H*').unpack1('G')
      when 's', 'c', 'b' then untext(token)
      when 'y' then untext(token).to_sym
      when '?' then Opaque.new(untext(token))
      when '[', '(' then Array.new(rest.to_i) { take(tokens) }
      when '<' then Set.new(Array.new(rest.to_i) { take(tokens) })
      else Array.new(rest.to_i) { [take(tokens), take(tokens)] }.to_h
      end
    end

    def failure(error) = "e s#{text(error.class.name.to_s)} s#{text(error.message.to_s[0, 2000])}"

    # The block gives what the program calls so.
    def serve
      Lines.drop(1).each do |line|
        next if line.empty?
        begin
          tokens = line.split(' ')
          name = untext(tokens.shift)
          args = take(tokens)
          before = args.map { |arg| tokens(arg) }
          value = yield(name, args)
          reply = "v #{tokens(value)}"
          args.each_with_index do |arg, i|
            after = tokens(arg)
            reply << " m #{i} #{after}" if after != before[i]
          end
          send_line(reply)
        rescue SystemExit
          raise
        rescue Exception => error
          send_line(failure(error))
        end
      end
    end

    # Raises where a file is no program by itself; nothing of it is run.
    def whole(file) = RubyVM::InstructionSequence.compile_file(File.join(__dir__, file))

    # Before the program, so that it is told last: what became of tests that run beside it.
    def watch
      at_exit do
        error = $!
        if error.nil? || (SystemExit === error && error.success?)
          send_line("d #{@word} #{1 + @tests}") if @word
        elsif SystemExit === error
          send_line("a s#{text("#{@tests} tests passed")}") if @word
        else
          send_line(failure(error))
        end
      end
    end

    # The file is at its end; a framework runs its tests after that.
    def ended(word)
      @word = word
      @tests = 0
      counting = Module.new do
        define_method(:run_test) { super().tap { CupelReplay.count } }
        private :run_test
      end
      Test::Unit::TestCase.prepend(counting) if defined?(Test::Unit::TestCase)
      counting = Module.new do
        define_method(:run) { super().tap { |result| CupelReplay.count if result.passed? } }
      end
      Minitest::Test.prepend(counting) if defined?(Minitest::Test)
    end

    def count = @tests += 1

    def call(name, args)
      begin
        asked = "s#{text(name)} #{tokens(args).sub('[', '(')}"
        raise CannotCross, 'the tests pass a value that cannot cross' if asked.include?(' ?')
      rescue CannotCross => error
        send_line("x s#{text(error.message)}")
        exit!(78)
      end
      @calls = (@calls || -1) + 1
      at = 1 + 2 * @calls
      reply = Lines[at] == asked ? Lines[at + 1] : nil
      send_line("c #{reply ? 'r' : 'g'} #{asked}")
      reply && meaning(reply.split(' '), args)
    end

    def meaning(tokens, args)
      raise error_from(tokens) if tokens.shift == 'e'
      value = take(tokens)
      until tokens.empty?
        tokens.shift
        old = args[tokens.shift.to_i]
        made = take(tokens)
        old.replace(made) if old.respond_to?(:replace) && !old.frozen?
      end
      value
    end

    def error_from(tokens)
      name, message = untext(tokens[0]), untext(tokens[1])
      found = Object.const_defined?(name) ? Object.const_get(name) : nil
      kind = found.is_a?(Class) && found <= StandardError && !FRAMEWORKS.include?(found.name[/\A\w+/]) ? found : RuntimeError
      kind.new(message)
    rescue StandardError
      RuntimeError.new("#{name}: #{message}")
    end
  end
end
