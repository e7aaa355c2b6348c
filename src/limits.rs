//! Every limit that hostile input can meet, in one place. A limit that is met is flagged, never
//! silently passed over.

/// Largest message that is read, in bytes: offsets are kept in 32 bits.
pub const MAX_MESSAGE: usize = 512 << 20;

/// Deepest nesting of parts (multiparts and messages in messages together). Deeper parts are one
/// opaque part, which is removed.
pub const MAX_DEPTH: usize = 60;

/// Most parts in one message, nested messages included. What follows is one opaque part.
pub const MAX_PARTS: usize = 10_000;

/// Longest header field value handed to `mailparse`, in bytes: its decoding is superlinear.
pub const MAX_STRUCTURED_FIELD: usize = 4096;

/// Deepest chain of decodings inside decoded text (a message in base64 in a message …).
pub const MAX_DECODINGS: usize = 8;

/// Text that is searched for encodings inside it, as a multiple of the message's size …
pub const EMBEDDED_FACTOR: usize = 8;

/// … and at least this many bytes.
pub const EMBEDDED_LEAST: usize = 1 << 20;
