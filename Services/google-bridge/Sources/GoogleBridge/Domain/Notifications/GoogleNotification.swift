import JSON

/// How a change is told to the holders of a pass.
package struct GoogleNotification: Hashable, Sendable {
    /// Whether the request that writes the change says `notifyPreference: NOTIFY_ON_UPDATE`; Google words the notice.
    package var notifiesOnUpdate = false
    /// Messages of ours, for changes that Google has no notice for.
    package var messages: [GoogleMessage] = []

    /// Whether there is nothing to tell.
    package var isEmpty: Bool { !notifiesOnUpdate && messages.isEmpty }
}
