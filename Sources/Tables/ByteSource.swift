#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The bytes of a file or of a stream, readable by all threads at once. A file is mapped, not copied: its pages can leave
/// memory again as soon as they have been read.
final class ByteSource: @unchecked Sendable {
  let base: UnsafePointer<UInt8>
  let count: Int
  /// What errors call it.
  let name: String?
  private let isMapped: Bool
  private let memory: UnsafeMutableRawPointer?

  private init(mapped memory: UnsafeMutableRawPointer, count: Int, name: String) {
    self.memory = memory
    base = UnsafePointer(memory.assumingMemoryBound(to: UInt8.self))
    (self.count, self.name, isMapped) = (count, name, true)
  }

  /// Takes over memory that came from `malloc`.
  init(owning memory: UnsafeMutableRawPointer, count: Int, name: String?) {
    self.memory = memory
    base = UnsafePointer(memory.assumingMemoryBound(to: UInt8.self))
    (self.count, self.name, isMapped) = (count, name, false)
  }

  convenience init(bytes: [UInt8], name: String?) {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(1, bytes.count), alignment: 16)
    bytes.withUnsafeBytes { source in
      if let start = source.baseAddress { memory.copyMemory(from: start, byteCount: source.count) }
    }
    self.init(owning: memory, count: bytes.count, name: name)
  }

  deinit {
    guard let memory else { return }
    if isMapped { munmap(memory, count) } else { free(memory) }
  }

  /// Lets the pages of a mapped file that lie inside `range` leave memory; they come back when touched.
  func release(_ range: Range<Int>) {
    guard isMapped, let memory else { return }
    dropPages(memory, range)
  }

  /// Opens the file at `path`.
  /// - Throws: `TableError` when there is no such file, it is a directory, or it cannot be read.
  static func open(path: String) throws(TableError) -> ByteSource {
    let descriptor = openForReading(path)
    guard descriptor >= 0 else { throw openError(errno, path: path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw openError(errno, path: path) }
    if status.st_mode & S_IFMT == S_IFDIR {
      throw TableError("this is a directory; name a CSV file in it", reason: .noSuchFile, file: path)
    }
    let size = Int(status.st_size)
    if status.st_mode & S_IFMT == S_IFREG, size >= smallestMapping {
      let memory = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0)
      if let memory, memory != MAP_FAILED { return ByteSource(mapped: memory, count: size, name: path) }
    }
    return try read(descriptor, name: path)
  }

  /// Reads a descriptor to its end: a pipe, standard input, or a small file.
  static func read(_ descriptor: Int32, name: String?) throws(TableError) -> ByteSource {
    var capacity = 1 << 16
    var count = 0
    guard var memory = malloc(capacity) else { throw outOfMemory(name) }
    while true {
      if count == capacity {
        capacity *= 2
        guard let larger = realloc(memory, capacity) else {
          free(memory)
          throw outOfMemory(name)
        }
        memory = larger
      }
      let got = readRetrying(descriptor, memory + count, capacity - count)
      if got == 0 { break }
      if got < 0 {
        let code = errno
        free(memory)
        throw openError(code, path: name ?? "standard input")
      }
      count += got
    }
    return ByteSource(owning: memory, count: count, name: name)
  }

  private static func openError(_ code: Int32, path: String) -> TableError {
    if code == ENOENT || code == ENOTDIR { return TableError("no such file", reason: .noSuchFile, file: path) }
    return TableError("cannot be read: \(String(cString: strerror(code)))", reason: .noSuchFile, file: path)
  }

  static func outOfMemory(_ name: String?) -> TableError {
    TableError("does not fit into memory", file: name)
  }
}

/// Smaller files are read, not mapped.
private let smallestMapping = 1 << 16

private func openForReading(_ path: String) -> Int32 { open(path, O_RDONLY | O_CLOEXEC) }

private func readRetrying(_ descriptor: Int32, _ memory: UnsafeMutableRawPointer, _ count: Int) -> Int {
  while true {
    let got = read(descriptor, memory, count)
    if got >= 0 || errno != EINTR { return got }
  }
}

/// Lets the pages that lie inside `range` leave memory. They come back with the file's bytes, or, where there is no file,
/// with zeros.
func dropPages(_ memory: UnsafeMutableRawPointer, _ range: Range<Int>) {
  let page = UInt(sysconf(Int32(_SC_PAGESIZE)))
  let start = UInt(bitPattern: memory)
  let first = (start + UInt(range.lowerBound) + page - 1) / page * page
  let last = (start + UInt(range.upperBound)) / page * page
  if last > first { madvise(memory + Int(first - start), Int(last - first), MADV_DONTNEED) }
}
