-- What publishers rewrote: for each time that a new version of an article was seen, its differences from the version
-- before, as JSON with Hangul in two bytes a syllable (store/revision.rs).
create table revision (
  article integer not null,             -- the article's id
  seen integer not null,
  changed blob not null,
  primary key (article, seen)
) without rowid;
-- How often, and when last: for lists and for the filter changed:.
alter table article add column revisions integer not null default 0;
alter table article add column revised integer;
create index article_revised on article(revised) where revised is not null;
create trigger unrevised after delete on article when old.revisions > 0 begin
  delete from revision where article = old.id;
end;
