//! stub
/// stub
#[derive(Clone, Debug, serde::Serialize)]
pub struct Failure {
    /// p
    pub promise: u8,
    /// c
    pub code: &'static str,
    /// p
    pub place: String,
}
