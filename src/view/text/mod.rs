//! Text inside text: what a plain text shows once its wrapping is taken away, encodings inside any
//! text, and text formats other than HTML.

pub mod percent;
