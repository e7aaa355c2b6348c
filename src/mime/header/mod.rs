//! Values of header fields: text out of them, and edits of the text back into their grammar.

mod codec;
mod context;
mod mailboxes;
mod media_type;
mod parameters;
mod value;
mod words;

pub use codec::FieldCodec;
pub use mailboxes::{Mailbox, mailboxes};
pub use media_type::MediaTypeCodec;
pub use parameters::{Parameter, parameter_spans, parameters, parameters_as};
pub use value::{Value, decode, decode_as, octets};
