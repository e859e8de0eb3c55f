# Runs a program file as Ruby's own main does. Read into a started interpreter before any program; gone when one runs.
# Covers: $0, __FILE__, __dir__, ARGV, ENV, DATA, exit codes, at_exit, messages without our frames, syntax errors first.
# Does not cover: END blocks, finalizers at the end, threads, processes, signals: there are none here.
module CupelStart
  def self.run(entry, args, env)
    host = File.open("/dev/host", "w")
    host.sync = true
    handlers = take_over_at_exit
    $0 = entry
    ARGV.replace(args)
    ENV.replace(env)
    srand
    source = File.binread(entry).force_encoding("UTF-8")
    begin
      program = RubyVM::InstructionSequence.compile(source, entry, File.expand_path(entry, "/"))
    rescue SyntaxError => error
      $stderr.puts error.message
      host.write "syntax"
      leave 1
    end
    give_data(entry, source)
    host.write "run"
    host.close
    Object.send(:remove_const, :CupelStart)
    code = ended { program.eval }
    until handlers.empty?
      handler = handlers.pop
      later = ended { handler.call }
      code = later unless later.nil?
    end
    leave code || 0
  end

  # The exit code that the block asks for; nil if it just ends.
  def self.ended
    yield
    nil
  rescue SystemExit => error
    error.status
  rescue Exception => error
    tell error
    error.is_a?(Interrupt) ? 130 : 1
  end

  def self.tell(error)
    $stdout.flush
    chain = [error]
    chain << chain.last.cause while chain.last.cause && !chain.include?(chain.last.cause)
    chain.each do |one|
      lines = one.backtrace or next
      ours = lines.index { |line| line.start_with?("cupel:") } || lines.size
      one.set_backtrace(lines.first(ours).map { |line| line.sub("<compiled>", "<main>") })
    end
    $stderr.write error.full_message(highlight: false, order: :top)
  rescue Exception
    $stderr.puts "#{error.class}"
  end

  def self.leave(code)
    [$stdout, $stderr].each { |stream| stream.flush rescue nil }
    Process.exit!(code)
  end

  def self.take_over_at_exit
    handlers = []
    body = proc do |&block|
      raise ArgumentError, "called without block" unless block
      handlers << block
      block
    end
    Kernel.define_method(:at_exit, &body)
    Kernel.send(:private, :at_exit)
    Kernel.define_singleton_method(:at_exit, &body)
    handlers
  end

  def self.give_data(entry, source)
    mark = source.b =~ /^__END__\r?(\n|\z)/ or return
    data = File.open(entry)
    data.seek(mark + $~[0].bytesize)
    Object.const_set(:DATA, data)
  end
end
