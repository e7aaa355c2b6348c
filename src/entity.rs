//! The entity types, each with everything that the command line, the scorers and the page need to
//! speak of it. No other file may know the list.

use serde::{Deserialize, Serialize};

/// What kind of personal data a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum EntityType {
    /// The name of a person, in any form.
    Person,
    /// A telephone or fax number.
    Phone,
    /// A postal address.
    Address,
    /// An e-mail address.
    Email,
    /// A bank account number (ISO 13616).
    Iban,
    /// A payment card number (ISO/IEC 7812).
    PaymentCard,
    /// A social security, tax or other national number of a person.
    NationalId,
    /// The number of a passport, an identity card or a driving licence.
    Document,
    /// A date of birth.
    BirthDate,
    /// The registration plate of a vehicle.
    LicencePlate,
    /// The address of somebody's profile on a social network.
    ProfileUrl,
    /// The name under which somebody logs in.
    Login,
    /// The IP address of a connection.
    Ip,
    /// A value of the user's "always redact" list that is none of the above.
    Listed,
}

/// The groups in which the page shows entity types; one colour and one letter each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Names.
    Name,
    /// Ways to reach a person.
    Contact,
    /// Accounts and cards.
    Financial,
    /// Numbers and dates that identify a person.
    Identity,
    /// Traces of machines and accounts.
    Technical,
    /// What the user listed.
    Listed,
}

/// What is said of an entity type outside the detectors.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Descriptor {
    /// The type itself.
    pub entity: EntityType,
    /// The word in a label: `PERSON` in `[PERSON-3]`.
    pub label: &'static str,
    /// The type's code in JSON Lines and in the scorers: `PER`, `PHONE`, `ADDRESS`, `EMAIL`, `ID`, `IP`.
    pub code: &'static str,
    /// The group that it is shown in.
    pub category: Category,
}

impl EntityType {
    /// Every entity type, in the order in which they are shown.
    pub const ALL: &'static [Self] = &[
        Self::Person,
        Self::Phone,
        Self::Address,
        Self::Email,
        Self::Iban,
        Self::PaymentCard,
        Self::NationalId,
        Self::Document,
        Self::BirthDate,
        Self::LicencePlate,
        Self::ProfileUrl,
        Self::Login,
        Self::Ip,
        Self::Listed,
    ];

    /// The descriptor of this type.
    #[must_use]
    pub fn descriptor(self) -> Descriptor {
        use Category as C;
        let (label, code, category) = match self {
            Self::Person => ("PERSON", "PER", C::Name),
            Self::Phone => ("PHONE", "PHONE", C::Contact),
            Self::Address => ("ADDRESS", "ADDRESS", C::Contact),
            Self::Email => ("EMAIL", "EMAIL", C::Contact),
            Self::Iban => ("IBAN", "ID", C::Financial),
            Self::PaymentCard => ("CARD", "ID", C::Financial),
            Self::NationalId => ("NATIONAL-ID", "ID", C::Identity),
            Self::Document => ("DOCUMENT", "ID", C::Identity),
            Self::BirthDate => ("BIRTH-DATE", "ID", C::Identity),
            Self::LicencePlate => ("PLATE", "ID", C::Identity),
            Self::ProfileUrl => ("PROFILE", "ID", C::Technical),
            Self::Login => ("LOGIN", "PER", C::Technical),
            Self::Ip => ("IP", "IP", C::Technical),
            Self::Listed => ("LISTED", "ID", C::Listed),
        };
        Descriptor { entity: self, label, code, category }
    }

    /// The word in a label: `PERSON` in `[PERSON-3]`.
    #[must_use]
    pub fn label(self) -> &'static str {
        self.descriptor().label
    }

    /// The type's code in JSON Lines and in the scorers.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.descriptor().code
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_unique_and_shaped_so_that_a_label_can_be_recognised() {
        let mut labels: Vec<_> = EntityType::ALL.iter().map(|e| e.label()).collect();
        assert!(labels.iter().all(|l| l.bytes().all(|b| b.is_ascii_uppercase() || b == b'-')));
        labels.sort_unstable();
        labels.dedup();
        assert_eq!(labels.len(), EntityType::ALL.len());
    }
}
