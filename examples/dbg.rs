use caviard::{policy::Policy, session::Session};
fn main() {
    for f in std::env::args().skip(1) {
        let raw = std::fs::read(&f).unwrap();
        let mut s = Session::new(Policy::default(), [7; 32]);
        let a = s.analyze(&raw);
        println!("=== {f}");
        let j = serde_json::to_value(s.journal()).unwrap();
        for (i, p) in j["people"].as_array().unwrap().iter().enumerate() {
            println!("{i} {}", p);
        }
        for f in &a.findings {
            if matches!(
                f.entity,
                caviard::entity::EntityType::Person | caviard::entity::EntityType::Login
            ) {
                println!(
                    "  {} {:?} {:?} {} {:?} {:?}",
                    f.label,
                    a.text(f),
                    f.confidence,
                    f.explanation.rule,
                    f.explanation.evidence,
                    f.decision
                );
            }
        }
    }
}
