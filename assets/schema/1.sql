-- The library, first form. Instants are seconds since 1970 (scraps: microseconds); ids of articles are 64-bit hashes.

create table feed (
  id integer primary key,
  url text not null unique,
  title text not null,
  site text,
  folder text,
  gone integer,                         -- unsubscribed at; kept so that it can be undone
  -- what the last answers told
  etag text,
  modified text,
  ttl integer,                          -- seconds between two questions, by the feed's own wish
  due integer not null default 0,
  ok integer,
  error text,
  failures integer not null default 0,
  -- kept by triggers
  articles integer not null default 0,
  unread integer not null default 0,
  newest integer
);

-- `n` is the article's place: the second it was listed for, then the feed's own order. Newest first is `n desc` everywhere.
create table article (
  n integer primary key,
  id integer not null,
  content integer not null,             -- hash of site, title and text: the same article under a second address
  feed integer,
  publisher text,
  title text not null,
  url text,
  lang text,
  published integer,
  zone integer,                         -- seconds east of UTC, as `published` was stated
  seen integer not null,
  read integer not null default 0,
  chosen integer not null default 0,    -- marked unread by hand: retention leaves it alone
  scrapped integer not null default 0,
  gone integer not null default 0,      -- all its feeds are unsubscribed
  pictured integer not null default 0,
  held integer not null default 0,      -- 0 headline, 1 the feed's text, 2 the page
  story integer,
  part integer,                         -- where reading stopped: block and byte
  byte integer,
  body integer
);
create unique index article_id on article(id);
create index article_content on article(content);
create index article_shown on article(gone);
create index article_state on article(gone, read);
create index article_story on article(story) where story is not null;

-- Bodies lie in the order of their coming, apart from the rows that lists read.
create table body (id integer primary key, json blob not null);

-- Which feeds list which article, and under which name.
create table listing (
  feed integer not null,
  n integer not null,
  guid integer not null,                -- hash of the feed's own id for it
  primary key (feed, n)
) without rowid;
create index listing_guid on listing(feed, guid);
create index listing_article on listing(n);

create trigger listed after insert on listing begin
  update feed set
    articles = articles + 1,
    unread = unread + (select 1 - read from article where n = new.n),
    newest = max(coalesce(newest, 0), (select coalesce(published, 0) from article where n = new.n))
  where id = new.feed;
end;
create trigger unlisted after delete on listing begin
  update feed set articles = articles - 1, unread = unread - coalesce((select 1 - read from article where n = old.n), 0)
  where id = old.feed;
end;
create trigger marked after update of read on article when old.read <> new.read begin
  update feed set unread = unread + old.read - new.read where id in (select feed from listing where n = new.n);
end;

create table scrap (
  id integer primary key,
  kept integer not null,
  title text not null,
  publisher text,
  url text,
  published integer,
  zone integer,
  noted integer not null,
  tags text not null,                   -- JSON array
  json text not null                    -- plain on purpose: it can be read out of a damaged file
);
create index scrap_kept on scrap(kept);

create table state (key text primary key, json text not null) without rowid;

create table digest (key text primary key, method text not null, whole integer not null, json text not null) without rowid;

-- Search: articles not yet indexed, and segments of hashed one- and two-letter terms (see store/index.rs).
create table pending (n integer primary key);
create table segment (id integer primary key, places blob not null);
create table gram (key integer primary key, lists blob not null);
