import CKernels

/// Runs `body` without remembering how its tensors are computed: for inference, and for fake rows whose generator is
/// not being trained. Applies to the calling thread.
public func withoutRecording<Result>(_ body: () throws -> Result) rethrows -> Result {
  _ = mynah_recording_pauses(1)
  defer { _ = mynah_recording_pauses(-1) }
  return try body()
}

/// Whether operations on recorded tensors are being recorded in the calling thread. A pullback may use it to choose a
/// fused kernel when nobody will differentiate again.
public var isRecording: Bool { mynah_recording_pauses(0) == 0 }
