//! What only a browser can show: the core as WebAssembly, in a worker as on the page.
#![cfg(target_arch = "wasm32")]

use caviard::policy::Policy;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// Entity types are the keys of a map here, which JavaScript objects only have as strings.
#[wasm_bindgen_test]
fn a_policy_crosses_the_boundary_and_comes_back_equal() {
    for policy in [Policy::default(), Policy::keep_everything()] {
        let js = serde_wasm_bindgen::to_value(&policy).unwrap();
        let back: Policy = serde_wasm_bindgen::from_value(js).unwrap();
        assert_eq!(back, policy);
    }
}
