//! Errands of the scraps that take long: short news and pictures for them, the mirror, files,
//! paper, a look at their pages.

use std::sync::Arc;

use jiff::Timestamp;

use super::network::World;
use crate::app::protocol::scrap_task::{Errand, Exported, Report};
use crate::app::{Cause, Failure, Outcome};
use crate::news::{Annotation, Article, ArticleId, Clean, Look, PageState, Scrap};
use crate::runtime::archive::Put;
use crate::runtime::cancel::Cancel;
use crate::runtime::fetch::source;
use crate::runtime::fetch::source::Fetch;
use crate::runtime::store::Store;
use crate::runtime::system::printer;
use crate::runtime::system::printer::Paper;

/// Does an errand.
///
/// # Errors
/// As each of them has it.
pub fn run(errand: Errand, world: &World, cancel: &Cancel) -> Result<Outcome, Failure> {
    let report = match errand {
        Errand::Scrap(_) | Errand::Labels => return Err(Failure::new(Cause::Bug, "tending")),
        Errand::Tend(ids) => {
            tend(&ids, world, cancel)?;
            Report::Tended(ids)
        }
        Errand::Export(what, to) => export(&what, &to, world)?,
        Errand::Print(article) => match printer::put(&article, &world.labels, &world.print)? {
            Paper::Printer(name) => Report::Printed(name),
            Paper::Pdf(path) => Report::Paper(path.display().to_string(), true),
            Paper::Text(path) => Report::Paper(path.display().to_string(), false),
        },
        Errand::Look(id, url) => look(id, &url, world, cancel)?,
    };
    Ok(Outcome::Keeping(report))
}

fn open(world: &World) -> Result<Store, Failure> {
    Store::open(&world.fetch.library).map_err(Failure::from)
}

/// Gives scraps what they lack. The mirror comes before the pictures: those may take long.
fn tend(ids: &[ArticleId], world: &World, cancel: &Cancel) -> Result<(), Failure> {
    let store = open(world)?;
    let find = |id: ArticleId| store.scrap(id).map_err(Failure::from);
    let change = |id, change| store.scrap_annotate(id, change).map_err(Failure::from);
    for &id in ids {
        let Some(scrap) = find(id)?.filter(|scrap| scrap.summary.is_none()) else {
            continue;
        };
        let summary = world
            .archive
            .completed(scrap, world.sentences, &world.fetch)
            .summary;
        if summary.is_some() {
            change(id, Annotation::Summary(summary))?;
        }
    }
    world.archive.follow(&store, ids)?;
    for &id in ids {
        let Some(scrap) = find(id)? else { continue };
        let Some(pictures) = world.archive.pictures(&scrap, &world.fetch, cancel)? else {
            continue;
        };
        if pictures != scrap.pictures {
            change(id, Annotation::Pictures(pictures))?;
            world.archive.follow(&store, &[id])?;
        }
    }
    Ok(())
}

fn export(what: &Exported, to: &str, world: &World) -> Result<Report, Failure> {
    let scraps = match what {
        Exported::Article(article) => {
            // Nobody kept it: the day it appeared names its file, so that it is the same file
            // again.
            let kept = article.published.map_or_else(Timestamp::now, |p| p.at);
            vec![world.archive.completed(
                Scrap::of((**article).clone(), kept),
                world.sentences,
                &world.fetch,
            )]
        }
        Exported::Scraps(ids) => {
            let store = open(world)?;
            let found = ids
                .iter()
                .map(|id| store.scrap(*id))
                .collect::<Result<Vec<_>, _>>();
            found?.into_iter().flatten().collect()
        }
    };
    let done = world.archive.export(&scraps, to)?;
    let left = done
        .iter()
        .filter(|put| matches!(put, Put::Left(_)))
        .count();
    let place = match &done[..] {
        [Put::Written(path) | Put::Same(path) | Put::Left(path)] => path.clone(),
        _ => world.archive.place(to),
    };
    Ok(Report::Exported(
        done.len() - left,
        left,
        place.display().to_string(),
    ))
}

fn look(id: ArticleId, url: &Clean, world: &World, cancel: &Cancel) -> Result<Report, Failure> {
    let store = open(world)?;
    let scrap = store
        .scrap(id)?
        .ok_or_else(|| Failure::new(Cause::Gone, url))?;
    let (look, page) = look_at(&store, &scrap, url, &world.fetch, cancel)?;
    // The mirror tells of it too; that it can't is told where a scrap changes.
    let _ = world.archive.follow(&store, &[id]);
    Ok(Report::Looked(id, look, page.map(Arc::new)))
}

/// Fetches the page of a scrap, compares it with the copy, and notes what was found. The copy stays
/// as it is. Gives the page where it says something else.
///
/// # Errors
/// It can't be reached, so that nothing is known; or the library can't be written.
pub fn look_at(
    store: &Store,
    scrap: &Scrap,
    url: &Clean,
    fetch: &Fetch,
    cancel: &Cancel,
) -> Result<(Look, Option<Article>), Failure> {
    let page: Option<Article> = match source::read(url, None, None, fetch, cancel) {
        Ok(articles) => articles.into_iter().next(),
        // The server is there, and says that the page is not.
        Err(failure)
            if matches!(
                failure.cause,
                Cause::Refused | Cause::NoPage | Cause::NoArticle | Cause::Redirects
            ) =>
        {
            None
        }
        Err(failure) => return Err(failure),
    };
    let state = match &page {
        None => PageState::Gone,
        Some(page) if page.wording() == scrap.article.wording() => PageState::Same,
        Some(_) => PageState::Changed,
    };
    let look = Look {
        at: Timestamp::now(),
        state,
    };
    store.scrap_annotate(scrap.id(), Annotation::Page(Some(look)))?;
    let page = page
        .filter(|_| state == PageState::Changed)
        .map(|mut page| {
            // Shown in place of the copy: it goes by the same name.
            (page.url, page.canonical_url) = (
                scrap.article.url.clone(),
                scrap.article.canonical_url.clone(),
            );
            page
        });
    Ok((look, page))
}
