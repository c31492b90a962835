//! The profiles that come with the program, from `assets/publishers`.

macro_rules! files {
    ($($name:literal)*) => {
        &[$((
            concat!($name, ".toml"),
            include_str!(concat!("../../../assets/publishers/", $name, ".toml")),
        )),*]
    };
}

/// File names and contents.
#[rustfmt::skip]
pub(crate) const EMBEDDED: &[(&str, &str)] = files! {
    "ajunews" "asiae" "asiatoday" "busan" "channela" "chosun" "chosunbiz" "dailian" "daum" "donga"
    "dt" "edaily" "etnews" "fnnews" "googlenews" "hani" "hankookilbo" "hankyung" "herald" "imaeil" "inews24"
    "joongang" "jtbc" "kbs" "khan" "kmib" "kookje" "mbc" "mbn" "mediaon" "mediaware" "mk"
    "moneytoday" "munhwa" "naver" "ndsoft" "ndsoft_old" "news1" "newsis" "nocut" "obs" "ohmynews"
    "osen" "pressian" "sbs" "sedaily" "segye" "seoul" "sisain" "sportschosun" "tvchosun" "wordpress"
    "yna" "yonhapnewstv" "ytn" "zdnet"
};

#[cfg(test)]
mod tests {
    use super::EMBEDDED;

    #[test]
    fn no_file_is_forgotten() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/publishers");
        for entry in std::fs::read_dir(folder).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            assert!(
                EMBEDDED.iter().any(|(n, _)| *n == name),
                "{name} is not in the list of src/extract/publishers/embedded.rs"
            );
        }
    }
}
