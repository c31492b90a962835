-- Saved searches, in the order in which they were saved.
create table saved (id integer primary key, name text not null unique, query text not null);

-- What is not to be shown: articles that answer one of these queries. They are held, but are in no list and no count, and
-- come back with the rule's end.
create table mute (id integer primary key, query text not null unique);

-- Names of articles that retention took away: a feed that still lists them must not bring them back.
create table pruned (name integer primary key, at integer not null) without rowid;

-- 0: the address is a feed; 1: it is a page whose links are the articles.
alter table feed add column page integer not null default 0;

-- `gone` is now a set of reasons: 1 all its feeds are unsubscribed, 2 it is muted.
drop trigger listed;
create trigger listed after insert on listing begin
  update feed set
    articles = articles + 1,
    unread = unread + (select 1 - read from article where n = new.n),
    newest = max(coalesce(newest, 0), (select coalesce(published, 0) from article where n = new.n))
  where id = new.feed and not (select gone & 2 from article where n = new.n);
end;
drop trigger unlisted;
create trigger unlisted after delete on listing begin
  update feed set articles = articles - 1, unread = unread - coalesce((select 1 - read from article where n = old.n), 0)
  where id = old.feed and not coalesce((select gone & 2 from article where n = old.n), 0);
end;
drop trigger marked;
create trigger marked after update of read on article when old.read <> new.read and not new.gone & 2 begin
  update feed set unread = unread + old.read - new.read where id in (select feed from listing where n = new.n);
end;
create trigger muted after update of gone on article when (old.gone & 2) <> (new.gone & 2) begin
  update feed set articles = articles + (old.gone & 2) / 2 - (new.gone & 2) / 2,
    unread = unread + ((old.gone & 2) / 2 - (new.gone & 2) / 2) * (1 - new.read)
  where id in (select feed from listing where n = new.n);
end;
