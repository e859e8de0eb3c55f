// Both sides in Rust: `serve` answers calls for the candidate, `ask` stands in for its function in the tests. What crosses
// is read and written by static type (see the README of the folder above). For Rust 1.63 and later, standard library alone.
#![allow(dead_code, unused_macros, unused_imports)]

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::fmt::{Debug, Write as _};
use std::fs::File;
use std::hash::Hash;
use std::io::{Read, Write as _};
use std::os::unix::io::{AsRawFd, FromRawFd, IntoRawFd};
use std::panic::{catch_unwind, resume_unwind, AssertUnwindSafe};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::Mutex;

pub trait Put {
    fn put(&self, out: &mut String);
}

pub trait Take: Sized {
    fn take(from: &mut Tokens) -> Result<Self, String>;
    /// What a call gives as long as its reply is not known.
    fn zero() -> Self;
}

pub fn shown<T: Put + ?Sized>(value: &T) -> String {
    let mut out = String::new();
    value.put(&mut out);
    out
}

// ── tokens ──

pub struct Tokens<'a> {
    all: Vec<&'a str>,
    at: usize,
}

impl<'a> Tokens<'a> {
    fn new(line: &'a str) -> Self {
        Tokens { all: line.split(' ').collect(), at: 0 }
    }
    fn more(&self) -> bool {
        self.at < self.all.len()
    }
    fn peek(&self) -> &'a str {
        self.all.get(self.at).copied().unwrap_or("")
    }
    fn next(&mut self) -> Result<&'a str, String> {
        self.at += 1;
        self.all.get(self.at - 1).copied().filter(|token| !token.is_empty()).ok_or_else(|| "a value ends too early".to_string())
    }
    fn rest(&mut self, kinds: &str, due: &str) -> Result<&'a str, String> {
        let token = self.next()?;
        if kinds.contains(&token[..1]) { Ok(&token[1..]) } else { wrong(token, due) }
    }
    /// The count of a group that is as long as promised.
    fn count(&mut self, kinds: &str, each: usize, due: &str) -> Result<usize, String> {
        let count: usize = self.rest(kinds, due)?.parse().map_err(|_| "a count is no number".to_string())?;
        if count.saturating_mul(each) > self.all.len() - self.at { Err("a group ends too early".to_string()) } else { Ok(count) }
    }
    fn group(&mut self, count: usize, due: &str) -> Result<(), String> {
        let found = self.count("([", 1, due)?;
        if found == count { Ok(()) } else { Err(format!("the candidate gave {} items where {} is due", found, due)) }
    }
    fn text(&mut self, kinds: &str, due: &str) -> Result<String, String> {
        let token = self.rest(kinds, due)?;
        let bytes = untext(token);
        String::from_utf8(bytes).or_else(|_| wrong(token, due))
    }
}

fn wrong<T>(token: &str, due: &str) -> Result<T, String> {
    Err(format!("the candidate gave {} where {} is due", &token[..token.len().min(40)], due))
}

fn untext(token: &str) -> Vec<u8> {
    let bytes = token.as_bytes();
    let mut out = Vec::new();
    let mut i = 0;
    while i < bytes.len() {
        let digits = if bytes[i] != b'%' { 0 } else if bytes.get(i + 1) == Some(&b'u') { 4 } else { 2 };
        if digits == 0 {
            out.push(bytes[i]);
            i += 1;
        } else if digits == 2 {
            out.push(u8::from_str_radix(&token[i + 1..i + 3], 16).unwrap_or(b'?'));
            i += 3;
        } else {
            out.push(0xff); // a lone surrogate is no text here
            i += 6;
        }
    }
    out
}

fn text(out: &mut String, kind: char, value: &[u8]) {
    out.push(kind);
    for &byte in value {
        if byte > b' ' && byte < 0x7f && byte != b'%' { out.push(byte as char) } else { let _ = write!(out, "%{:02x}", byte); }
    }
}

// ── values ──

macro_rules! integers {
    ($($int:ty)*) => { $(
        impl Put for $int {
            fn put(&self, out: &mut String) { let _ = write!(out, "i{}", self); }
        }
        impl Take for $int {
            fn take(from: &mut Tokens) -> Result<Self, String> {
                let digits = from.rest("i", stringify!($int))?;
                digits.parse().or_else(|_| wrong(digits, stringify!($int)))
            }
            fn zero() -> Self { 0 }
        }
    )* };
}
integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

macro_rules! floats {
    ($($float:ty)*) => { $(
        impl Put for $float {
            fn put(&self, out: &mut String) { let _ = write!(out, "d{:016x}", (*self as f64).to_bits()); }
        }
        impl Take for $float {
            fn take(from: &mut Tokens) -> Result<Self, String> {
                let digits = from.rest("d", stringify!($float))?;
                u64::from_str_radix(digits, 16).map(|bits| f64::from_bits(bits) as $float).or_else(|_| wrong(digits, stringify!($float)))
            }
            fn zero() -> Self { 0.0 }
        }
    )* };
}
floats!(f32 f64);

impl Put for bool {
    fn put(&self, out: &mut String) { out.push(if *self { 't' } else { 'f' }) }
}
impl Take for bool {
    fn take(from: &mut Tokens) -> Result<Self, String> {
        match from.next()? {
            "t" => Ok(true),
            "f" => Ok(false),
            other => wrong(other, "bool"),
        }
    }
    fn zero() -> Self { false }
}

impl Put for () {
    fn put(&self, out: &mut String) { out.push('n') }
}
impl Take for () {
    fn take(from: &mut Tokens) -> Result<Self, String> { from.rest("n", "()").map(|_| ()) }
    fn zero() -> Self {}
}

impl Put for char {
    fn put(&self, out: &mut String) { text(out, 'c', self.encode_utf8(&mut [0; 4]).as_bytes()) }
}
impl Take for char {
    fn take(from: &mut Tokens) -> Result<Self, String> {
        let held = from.text("c", "char")?;
        let mut letters = held.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) => Ok(letter),
            _ => wrong(&held.escape_default().to_string(), "char"),
        }
    }
    fn zero() -> Self { '\0' }
}

impl Put for str {
    fn put(&self, out: &mut String) { text(out, 's', self.as_bytes()) }
}
impl Put for String {
    fn put(&self, out: &mut String) { self.as_str().put(out) }
}
impl Take for String {
    fn take(from: &mut Tokens) -> Result<Self, String> { from.text("s", "a text") }
    fn zero() -> Self { String::new() }
}
impl<'a> Take for &'a str {
    fn take(from: &mut Tokens) -> Result<Self, String> { Ok(Box::leak(String::take(from)?.into_boxed_str())) }
    fn zero() -> Self { "" }
}

macro_rules! behind {
    ($($pointer:ty),*) => { $(
        impl<T: Put + ?Sized> Put for $pointer {
            fn put(&self, out: &mut String) { (**self).put(out) }
        }
    )* };
}
behind!(&T, &mut T, Box<T>, Rc<T>);

impl<T: Take> Take for Box<T> {
    fn take(from: &mut Tokens) -> Result<Self, String> { T::take(from).map(Box::new) }
    fn zero() -> Self { Box::new(T::zero()) }
}
impl<T: Take> Take for Rc<T> {
    fn take(from: &mut Tokens) -> Result<Self, String> { T::take(from).map(Rc::new) }
    fn zero() -> Self { Rc::new(T::zero()) }
}
impl<'a, T: Take + 'a> Take for &'a T {
    fn take(from: &mut Tokens) -> Result<Self, String> { T::take(from).map(|value| &*Box::leak(Box::new(value))) }
    fn zero() -> Self { Box::leak(Box::new(T::zero())) }
}
impl<'a, T: Take + 'a> Take for &'a [T] {
    fn take(from: &mut Tokens) -> Result<Self, String> { Vec::take(from).map(|value| &*Box::leak(value.into_boxed_slice())) }
    fn zero() -> Self { &[] }
}

fn put_all<T: Put>(out: &mut String, kind: char, items: impl ExactSizeIterator<Item = T>) {
    let _ = write!(out, "{}{}", kind, items.len());
    for item in items {
        out.push(' ');
        item.put(out);
    }
}

fn take_all<T: Take, C: std::iter::FromIterator<T>>(from: &mut Tokens, kinds: &str, due: &str) -> Result<C, String> {
    let count = from.count(kinds, 1, due)?;
    (0..count).map(|_| T::take(from)).collect()
}

impl<T: Put> Put for [T] {
    fn put(&self, out: &mut String) { put_all(out, '[', self.iter()) }
}
impl<T: Put> Put for Vec<T> {
    fn put(&self, out: &mut String) { self.as_slice().put(out) }
}
impl<T: Take> Take for Vec<T> {
    fn take(from: &mut Tokens) -> Result<Self, String> { take_all(from, "[", "a list") }
    fn zero() -> Self { Vec::new() }
}
impl<T: Put> Put for VecDeque<T> {
    fn put(&self, out: &mut String) { put_all(out, '[', self.iter()) }
}
impl<T: Take> Take for VecDeque<T> {
    fn take(from: &mut Tokens) -> Result<Self, String> { take_all(from, "[", "a list") }
    fn zero() -> Self { VecDeque::new() }
}
impl<T: Put, const N: usize> Put for [T; N] {
    fn put(&self, out: &mut String) { self.as_slice().put(out) }
}
impl<T: Take, const N: usize> Take for [T; N] {
    fn take(from: &mut Tokens) -> Result<Self, String> {
        let items: Vec<T> = Vec::take(from)?;
        let count = items.len();
        items.try_into().map_err(|_| format!("the candidate gave {} items where {} are due", count, N))
    }
    fn zero() -> Self { std::array::from_fn(|_| T::zero()) }
}

/// The order of a set is another each time: by what its items look like.
fn put_sorted<T: Put>(out: &mut String, kind: char, items: impl ExactSizeIterator<Item = T>) {
    let mut lines: Vec<String> = items.map(|item| shown(&item)).collect();
    lines.sort();
    let _ = write!(out, "{}{}", kind, lines.len());
    for line in lines {
        out.push(' ');
        out.push_str(&line);
    }
}

struct Pair<'a, K, V>(&'a K, &'a V);
impl<K: Put, V: Put> Put for Pair<'_, K, V> {
    fn put(&self, out: &mut String) {
        self.0.put(out);
        out.push(' ');
        self.1.put(out);
    }
}

macro_rules! collections {
    ($($set:ident $map:ident: $($bound:ident)+;)*) => { $(
        impl<T: Put> Put for $set<T> {
            fn put(&self, out: &mut String) { put_sorted(out, '<', self.iter()) }
        }
        impl<T: Take $(+ $bound)+> Take for $set<T> {
            fn take(from: &mut Tokens) -> Result<Self, String> { take_all(from, "<", "a set") }
            fn zero() -> Self { $set::new() }
        }
        impl<K: Put, V: Put> Put for $map<K, V> {
            fn put(&self, out: &mut String) { put_sorted(out, 'M', self.iter().map(|(key, value)| Pair(key, value))) }
        }
        impl<K: Take $(+ $bound)+, V: Take> Take for $map<K, V> {
            fn take(from: &mut Tokens) -> Result<Self, String> {
                let count = from.count("M", 2, "a map")?;
                (0..count).map(|_| Ok((K::take(from)?, V::take(from)?))).collect()
            }
            fn zero() -> Self { $map::new() }
        }
    )* };
}
collections! {
    HashSet HashMap: Eq Hash;
    BTreeSet BTreeMap: Ord;
}

impl<T: Put> Put for Option<T> {
    fn put(&self, out: &mut String) {
        match self {
            None => out.push('n'),
            Some(value) => {
                out.push_str("(1 ");
                value.put(out)
            }
        }
    }
}
impl<T: Take> Take for Option<T> {
    fn take(from: &mut Tokens) -> Result<Self, String> {
        if from.peek() == "n" {
            return from.next().map(|_| None);
        }
        from.group(1, "an Option")?;
        T::take(from).map(Some)
    }
    fn zero() -> Self { None }
}

impl<T: Put, E: Put> Put for Result<T, E> {
    fn put(&self, out: &mut String) {
        match self {
            Ok(value) => (out.push_str("(2 yOk "), value.put(out)),
            Err(error) => (out.push_str("(2 yErr "), error.put(out)),
        };
    }
}
impl<T: Take, E: Take> Take for Result<T, E> {
    fn take(from: &mut Tokens) -> Result<Self, String> {
        from.group(2, "a Result")?;
        match from.next()? {
            "yOk" => T::take(from).map(Ok),
            "yErr" => E::take(from).map(Err),
            other => wrong(other, "a Result"),
        }
    }
    fn zero() -> Self { Ok(T::zero()) }
}

macro_rules! tuples {
    ($($count:literal: $($name:ident $index:tt),+;)*) => { $(
        impl<$($name: Put),+> Put for ($($name,)+) {
            fn put(&self, out: &mut String) {
                out.push_str(concat!("(", $count));
                $( out.push(' '); self.$index.put(out); )+
            }
        }
        impl<$($name: Take),+> Take for ($($name,)+) {
            fn take(from: &mut Tokens) -> Result<Self, String> {
                from.group($count, "a tuple")?;
                Ok(($($name::take(from)?,)+))
            }
            fn zero() -> Self { ($($name::zero(),)+) }
        }
    )* };
}
tuples! {
    1: A 0;
    2: A 0, B 1;
    3: A 0, B 1, C 2;
    4: A 0, B 1, C 2, D 3;
    5: A 0, B 1, C 2, D 3, E 4;
    6: A 0, B 1, C 2, D 3, E 4, F 5;
    7: A 0, B 1, C 2, D 3, E 4, F 5, G 6;
    8: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7;
}

// ── the two ends of the channel ──

struct Input {
    mark: String,
    lines: Vec<String>,
    out: File,
}

fn input() -> Input {
    // A duplicate: a program that closes its standard output has not answered badly by that.
    let first = unsafe { File::from_raw_fd(1) };
    let out = first.try_clone().expect("standard output");
    let _ = first.into_raw_fd();
    let mut whole = String::new();
    std::io::stdin().read_to_string(&mut whole).expect("standard input");
    let mut lines = whole.lines().map(str::to_string);
    Input { mark: lines.next().unwrap_or_default(), lines: lines.collect(), out }
}

impl Input {
    fn send(&mut self, line: &str) {
        let _ = std::io::stdout().flush();
        if self.out.write_all(format!("\n{} {}\n", self.mark, line).as_bytes()).is_err() {
            std::process::exit(1)
        }
    }
}

fn message(thrown: &(dyn Any + Send)) -> String {
    let said = thrown.downcast_ref::<String>().cloned().or_else(|| thrown.downcast_ref::<&str>().map(|said| said.to_string()));
    said.unwrap_or_else(|| "a panic without a message".to_string()).chars().take(2000).collect()
}

fn failure(kind: &str, message: &str) -> String {
    let mut out = "e ".to_string();
    text(&mut out, 's', kind.as_bytes());
    out.push(' ');
    text(&mut out, 's', message.as_bytes());
    out
}

pub fn serve(answer: impl Fn(&mut Tokens) -> Result<String, String>) {
    let mut given = input();
    for line in std::mem::take(&mut given.lines) {
        let mut call = Tokens::new(&line);
        call.at = 2;
        let reply = match catch_unwind(AssertUnwindSafe(|| answer(&mut call))) {
            Ok(Ok(reply)) => reply,
            Ok(Err(reason)) => failure("mismatch", &reason),
            Err(thrown) => failure("panic", &message(&*thrown)),
        };
        given.send(&reply);
    }
}

/// What became of an argument, if anything.
pub fn changed(reply: &mut String, index: usize, before: &str, after: String) {
    if after != before {
        let _ = write!(reply, " m {} {}", index, after);
    }
}

static GIVEN: Mutex<Option<Input>> = Mutex::new(None);
static CALLS: AtomicUsize = AtomicUsize::new(0);
/// From the first guess on nothing decides: the tests go on as far as they come, to show which calls they make.
static GUESSED: AtomicBool = AtomicBool::new(false);

pub struct Reply(Option<(String, usize)>);

pub fn ask(name: &str, args: &[String]) -> Reply {
    let mut line = String::new();
    text(&mut line, 's', name.as_bytes());
    let _ = write!(line, " ({}", args.len());
    for arg in args {
        line.push(' ');
        line.push_str(arg);
    }
    let mut guard = GIVEN.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let given = guard.get_or_insert_with(input);
    if args.iter().any(|arg| arg.split(' ').any(|token| token.starts_with('?'))) {
        given.send("x sAny");
        std::process::exit(0);
    }
    let at = 2 * CALLS.fetch_add(1, Ordering::SeqCst);
    if given.lines.get(at) != Some(&line) || given.lines.len() <= at + 1 {
        GUESSED.store(true, Ordering::SeqCst);
        given.send(&format!("c g {}", line));
        return Reply(None);
    }
    given.send(&format!("c r {}", line));
    let reply = given.lines[at + 1].clone();
    drop(guard);
    if reply.starts_with("e ") {
        let parts: Vec<String> = reply.split(' ').skip(1).map(|part| String::from_utf8_lossy(&untext(&part[1..])).into_owned()).collect();
        resume_unwind(Box::new(parts.join(": ")));
    }
    Reply(Some((reply, 1)))
}

impl Reply {
    pub fn value<T: Take>(&mut self) -> T {
        self.read().unwrap_or_else(T::zero)
    }
    fn read<T: Take>(&mut self) -> Option<T> {
        let (line, at) = self.0.as_mut()?;
        let mut from = Tokens::new(line);
        from.at = *at;
        match T::take(&mut from) {
            Ok(value) => {
                *at = from.at;
                Some(value)
            }
            Err(reason) => {
                failed(reason);
                None
            }
        }
    }
    /// An argument that was lent to be changed.
    pub fn give_back<T: Take>(&mut self, index: usize, set: impl FnOnce(T)) {
        if let Some((line, at)) = self.0.as_mut() {
            let mut from = Tokens::new(line);
            from.at = *at;
            if from.peek() != "m" || from.all.get(*at + 1).and_then(|one| one.parse().ok()) != Some(index) {
                return;
            }
            *at += 2;
            if let Some(value) = self.read() {
                set(value)
            }
        }
    }
}

/// The first failure ends the run, so that the last call is the one that it is about.
pub fn failed(why: String) {
    stop(why, 1)
}

fn stop(why: String, code: i32) {
    if GUESSED.load(Ordering::SeqCst) {
        return;
    }
    eprintln!("{}", why.replace('\n', " "));
    std::process::exit(code);
}

pub trait Ending {
    fn wrong(self) -> Option<String>;
}
impl Ending for () {
    fn wrong(self) -> Option<String> { None }
}
impl<T, E: Debug> Ending for Result<T, E> {
    fn wrong(self) -> Option<String> { self.err().map(|error| format!("{:?}", error)) }
}

pub fn test<E: Ending>(run: impl FnOnce() -> E, panics: bool) {
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(_) if panics => failed("it should have panicked".to_string()),
        Ok(ending) => ending.wrong().map_or((), failed),
        Err(thrown) if !panics => stop(message(&*thrown), 101),
        Err(_) => (),
    }
}

/// Tests that ran beside the program have come to their end: read first, told last.
pub struct Report(Input);

pub fn report() -> Report {
    Report(input())
}

impl Report {
    pub fn ended(mut self, word: &str, tests: usize) {
        self.0.send(&format!("d {} {}", word, tests));
    }
}
