fn main() {
    for w in std::env::args().skip(1) {
        println!("{w} {:?}", caviard::lexicon::look_up(&w));
    }
}
