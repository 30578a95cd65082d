/// How a process ends (sysexits.h where it has a number for it).
enum ExitStatus {
    static let success: Int32 = 0
    static let failure: Int32 = 1
    static let usage: Int32 = 64
    static let configuration: Int32 = 78
}
