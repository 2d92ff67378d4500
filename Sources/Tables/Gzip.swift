import CZlib

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension ByteSource {
  /// Whether the bytes begin like a gzip file, whatever its name.
  var isGzip: Bool { count >= 2 && base[0] == 0x1f && base[1] == 0x8b }

  /// The decompressed bytes of a gzip file of one or several members.
  /// - Throws: `TableError` when the file is cut short or its checksum does not match.
  func gunzipped() throws(TableError) -> ByteSource {
    var stream = z_stream()
    guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw Self.outOfMemory(name)
    }
    defer { inflateEnd(&stream) }
    var capacity = max(1 << 16, count * 4)
    var produced = 0
    var consumed = 0
    guard var output = malloc(capacity) else { throw Self.outOfMemory(name) }
    func fail(_ message: String) -> TableError {
      free(output)
      return TableError(message, file: name)
    }
    while true {
      if produced == capacity {
        capacity *= 2
        guard let larger = realloc(output, capacity) else { throw fail("does not fit into memory") }
        output = larger
      }
      stream.next_in = UnsafeMutablePointer(mutating: base + consumed)
      stream.avail_in = UInt32(clamping: min(count - consumed, 1 << 30))
      stream.next_out = output.assumingMemoryBound(to: UInt8.self) + produced
      stream.avail_out = UInt32(clamping: min(capacity - produced, 1 << 30))
      let (given, room) = (stream.avail_in, stream.avail_out)
      let status = inflate(&stream, Z_NO_FLUSH)
      consumed += Int(given - stream.avail_in)
      produced += Int(room - stream.avail_out)
      if status == Z_STREAM_END {
        // Zeros after the last member are padding.
        guard consumed < count, base[consumed] != 0 else { break }
        guard base[consumed] == 0x1f, inflateReset(&stream) == Z_OK else {
          throw fail("the gzip file has other bytes after its end; compress the table again")
        }
      } else if status == Z_BUF_ERROR || (status == Z_OK && consumed == count && stream.avail_out > 0) {
        if consumed == count {
          throw fail("the gzip file is cut short: copy or download it again")
        }
      } else if status != Z_OK {
        throw fail("the gzip file is damaged: copy or download it again")
      }
    }
    return ByteSource(owning: output, count: produced, name: name)
  }
}
