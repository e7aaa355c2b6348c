//! The format of messages: parts, header fields, transfer encodings and charsets, each as spans of
//! the bytes and each with the way back.

pub mod charset;
pub mod content;
mod damage;
pub mod field;
pub mod fields;
pub mod header;
pub mod lines;
pub mod mbox;
pub mod transfer;
pub mod tree;
