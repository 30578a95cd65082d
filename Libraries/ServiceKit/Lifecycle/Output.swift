/// Text for the person at the command line.
enum Output {
    static func write(_ text: String, to descriptor: Int32) {
        LogSink(fileDescriptor: descriptor).write(Array(text.utf8))
    }
}
