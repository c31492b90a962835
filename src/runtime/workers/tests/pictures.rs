use std::net::TcpStream;
use std::time::Instant;

use super::*;
use crate::app::protocol::picture::PictureSlot;
use crate::config::Config;
use crate::extract::Profiles;
use crate::news::{Article, Picture, Scrap};
use crate::picture::Canvas;
use crate::picture::open::tests::claiming;
use crate::runtime::net::tests::server::{Asked, Server, reply};
use crate::text::PictureFrame;

const PICTURE: &[u8] = include_bytes!("../../../../assets/sample/pictures/bicycles.png");

/// A gallery with its files in `dir`.
fn gallery(dir: &Path, offline: bool) -> Gallery {
    let fetch = Fetch {
        home_servers: false,
        access: crate::runtime::net::Access::default(),
        sync: crate::config::Config::standard().sync,
        sources: Arc::default(),
        rules: std::sync::Arc::new(crate::config::Config::standard().rule_book()),
        folder_secret: Default::default(),
        offline,
        limit: 1 << 20,
        timeout: 5,
        profiles: Arc::new(Profiles::with_user(&[]).0),
        library: dir.join("library.db"),
        retention: Default::default(),
        every: 0,
        downloads_mb: 0,
    };
    Gallery::new(&Config::standard().pictures, &fetch, &dir.join("cache"))
}

fn job(url: &str, origin: Option<&str>) -> PictureRequest {
    PictureRequest {
        slot: PictureSlot::Zoomed,
        url: Clean::line(url),
        article: origin.map(ArticleId::of_url),
        origin: Some(Clean::line(origin.unwrap_or(url))),
        canvas: Canvas::default(),
        room: PictureFrame {
            columns: 40,
            rows: 12,
        },
        at_once: true,
    }
}

fn serve(asked: &Asked, stream: &mut TcpStream) {
    match asked.path.as_str() {
        "/a.png" => reply(stream, "302 Found", &["Location: /b"], b""),
        "/b" => reply(
            stream,
            "301 Moved Permanently",
            &["Location: /real.png"],
            b"",
        ),
        "/real.png" => reply(stream, "200 OK", &["Content-Type: image/png"], PICTURE),
        "/round.png" => reply(stream, "302 Found", &["Location: /round.png"], b""),
        "/wide.png" => reply(
            stream,
            "200 OK",
            &["Content-Type: image/png"],
            &claiming(100_000, 100_000),
        ),
        "/heavy.png" => reply(
            stream,
            "200 OK",
            &["Content-Type: image/png"],
            &vec![0; (10 << 20) + 1],
        ),
        "/half.png" => reply(
            stream,
            "200 OK",
            &["Content-Type: image/png"],
            &PICTURE[..PICTURE.len() / 2],
        ),
        "/page.png" => reply(
            stream,
            "200 OK",
            &["Content-Type: text/html"],
            b"<html><p>no picture</p></html>",
        ),
        _ => reply(stream, "404 Not Found", &[], b""),
    }
}

#[test]
fn a_picture_is_fetched_once_over_redirects_and_is_there_without_its_server() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(serve);
    let asked = job(&server.url("/a.png"), None);
    let first = gallery(dir.path(), false)
        .draw(&asked, &Cancel::new())
        .unwrap();
    let paths = |server: &Server| {
        server
            .asked()
            .iter()
            .map(|a| a.path.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(paths(&server), ["/a.png", "/b", "/real.png"]);
    gallery(dir.path(), false)
        .draw(&asked, &Cancel::new())
        .unwrap();
    assert_eq!(paths(&server).len(), 3, "the second time from the cache");
    drop(server);
    let again = gallery(dir.path(), true)
        .draw(&asked, &Cancel::new())
        .unwrap();
    assert_eq!(
        (again.frame, again.colours(3, 3)),
        (first.frame, first.colours(3, 3))
    );
    let kept = gallery(dir.path(), true).file(&asked.url).unwrap();
    assert_eq!(fs::read(&kept).unwrap(), PICTURE);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(kept.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn what_is_too_large_or_no_picture_is_one_sentence_that_says_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(serve);
    let words = [
        crate::config::Language::Korean,
        crate::config::Language::English,
    ]
    .map(crate::config::Words::of);
    for (path, cause) in [
        ("/wide.png", Cause::PictureTooLarge),
        ("/heavy.png", Cause::PictureTooLarge),
        ("/half.png", Cause::PictureBroken),
        ("/page.png", Cause::PictureBroken),
        ("/none.png", Cause::NoPage),
        ("/round.png", Cause::Redirects),
    ] {
        let begun = Instant::now();
        let failure = gallery(dir.path(), false)
            .draw(&job(&server.url(path), None), &Cancel::new())
            .unwrap_err();
        assert_eq!(failure.cause, cause, "{path}");
        for words in &words {
            let sentence = failure.sentence(words);
            assert!(
                sentence.contains("127.0.0.1")
                    && !sentence.contains('\n')
                    && !sentence.contains('{'),
                "{sentence}"
            );
        }
        // Unpacked it would be 40 GB.
        assert!(begun.elapsed() < Duration::from_secs(60), "{path}");
    }
    let told = Failure::new(Cause::PictureTooLarge, "x").sentence(&words[1]);
    assert!(
        told.contains("max_mb") && told.contains("max_megapixels"),
        "{told}"
    );
}

#[test]
fn a_public_page_shows_no_picture_of_this_machine() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(serve);
    let asked = job(&server.url("/real.png"), Some("https://public.example/1"));
    let failure = gallery(dir.path(), false)
        .draw(&asked, &Cancel::new())
        .unwrap_err();
    assert_eq!((failure.cause, server.asked().len()), (Cause::Forbidden, 0));
}

#[test]
fn the_cache_makes_room_for_the_new_and_holds_nothing_where_it_may_not() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(|asked: &Asked, stream: &mut TcpStream| {
        // Another file at each address, of the same size.
        let mut body = PICTURE.to_vec();
        body.extend(asked.path.bytes());
        reply(stream, "200 OK", &[], &body);
    });
    let fetch_all = |gallery: &Gallery, n: usize| {
        for i in 0..n {
            gallery
                .draw(
                    &job(&server.url(&format!("/{i:03}.png")), None),
                    &Cancel::new(),
                )
                .unwrap();
        }
    };
    let held = || {
        let files = fs::read_dir(dir.path().join("cache/pictures"))
            .into_iter()
            .flatten()
            .flatten();
        files.map(|f| f.metadata().unwrap().len()).sum::<u64>()
    };
    fetch_all(
        &Gallery {
            keep: 0,
            ..gallery(dir.path(), false)
        },
        2,
    );
    assert_eq!(held(), 0);
    let most = PICTURE.len() as u64 * 5 / 2;
    fetch_all(
        &Gallery {
            keep: most,
            ..gallery(dir.path(), false)
        },
        6,
    );
    assert!((1..=most).contains(&held()), "{} of {most}", held());
}

#[test]
fn the_picture_of_a_scrap_is_shown_when_its_server_is_gone() {
    let dir = tempfile::tempdir().unwrap();
    let library = dir.path().join("library.db");
    let (store, album) = (Store::open(&library).unwrap(), Album::beside(&library));
    let gallery = gallery(dir.path(), true);
    let (page, url) = (
        Clean::line("https://gone.example/1"),
        Clean::line("https://gone.example/1.png"),
    );
    let job = job(&url, Some(&page));
    assert_eq!(
        gallery.draw(&job, &Cancel::new()).unwrap_err().cause,
        Cause::Offline
    );
    let file = album.keep(PICTURE).unwrap().unwrap();
    let article = Article {
        url: Some(page),
        ..Article::default()
    };
    let picture = Picture {
        url,
        file,
        bytes: PICTURE.len() as u64,
    };
    let scrap = Scrap {
        pictures: vec![picture],
        ..Scrap::of(article, jiff::Timestamp::UNIX_EPOCH)
    };
    store.scrap_put(&scrap).unwrap();
    assert!(gallery.draw(&job, &Cancel::new()).is_ok());
    assert!(
        gallery
            .draw(
                &PictureRequest {
                    article: None,
                    ..job
                },
                &Cancel::new()
            )
            .is_err()
    );
}
