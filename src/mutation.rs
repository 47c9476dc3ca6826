//! Mistakes that the simulation makes on purpose: each of its oracles must be seen to catch some (`cargo sim --mutations`).
//! Outside of it none is ever made, and nothing of them is compiled.

/// A mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mutation {
    /// A place of the modem is freed before what it held is committed.
    FreeBeforeCommit,
    /// The same part read twice is two parts.
    NoDedupeKey,
    /// Nobody is told that a message waits for intake.
    LostBell,
    /// What lies in a modem at the beginning of a session is not looked for, and no heartbeat finds it.
    NoSweep,
    /// After a start, what may have been sent is sent as if it had not been.
    ResendUnknown,
    /// What the network gave no answer to counts as refused.
    RetryUnanswered,
    /// A receipt of unknown fate is sent once more.
    ResendReceipts,
    /// An answer of unknown fate is dropped.
    DropAnswers,
    /// After a start, what was in hand stays in hand.
    ForgetInHand,
    /// A reply that intake decided on is not queued.
    NoReceipt,
    /// What was handed to the network counts as delivered.
    DeliveredUnreported,
    /// One message opens two tickets.
    OpenedTwice,
    /// An approved wording is changed on its way out.
    ChangedWording,
    /// A row of the trail does not carry the digest of the row before.
    LooseTrail,
    /// A step of a ticket is not written into the trail.
    UntoldStep,
    /// A step of a ticket is written into the trail without its reason.
    UnreasonedStep,
    /// A ticket of the closed path exists for everybody.
    OpenSeal,
    /// What was closed in a month is not counted.
    UncountedClosing,
    /// What is left at the end of a month is not counted with its unit.
    UncountedRest,
    /// The time for which a citizen was asked counts as the office's.
    PauseCounts,
    /// A ticket comes to its next stage with the due time of the last one.
    StaleDue,
}

impl Mutation {
    /// All of them.
    pub const ALL: [Self; 21] = [
        Self::FreeBeforeCommit,
        Self::NoDedupeKey,
        Self::LostBell,
        Self::NoSweep,
        Self::ResendUnknown,
        Self::RetryUnanswered,
        Self::ResendReceipts,
        Self::DropAnswers,
        Self::ForgetInHand,
        Self::NoReceipt,
        Self::DeliveredUnreported,
        Self::OpenedTwice,
        Self::ChangedWording,
        Self::LooseTrail,
        Self::UntoldStep,
        Self::UnreasonedStep,
        Self::OpenSeal,
        Self::UncountedClosing,
        Self::UncountedRest,
        Self::PauseCounts,
        Self::StaleDue,
    ];

    /// Whether it is being made.
    #[cfg(not(feature = "simulation"))]
    pub const fn is_made(self) -> bool {
        false
    }

    /// Whether it is being made.
    #[cfg(feature = "simulation")]
    pub fn is_made(self) -> bool {
        MADE.get() == Some(self)
    }
}

#[cfg(feature = "simulation")]
thread_local! {
    static MADE: std::cell::Cell<Option<Mutation>> = const { std::cell::Cell::new(None) };
}

/// From now on this thread makes a mistake, or none.
#[cfg(feature = "simulation")]
pub fn make(mutation: Option<Mutation>) {
    MADE.set(mutation);
}
