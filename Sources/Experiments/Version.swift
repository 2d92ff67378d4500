/// The version of the library and of the command.
public let mynahVersion = "0.1.0"
