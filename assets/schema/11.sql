-- Keeping in step with a server, one account at a time.
--
-- active: an account is set up, so that acts are recorded as wishes. new_feeds: new subscriptions are made on the server
-- too. applying: what the server said is being stored, which is no act of the reader's. turn: numbers the wishes, so that
-- one that was replaced while it was sent is told from the one that was sent.
create table sync_state (active integer not null, new_feeds integer not null, applying integer not null, turn integer not null);
insert into sync_state values (0, 1, 0, 0);

-- The server's articles: its id, ours (0: not held here), and the state that both agreed on last.
create table remote_article (
  remote integer primary key,
  article integer not null,
  read integer not null,
  star integer not null,
  tags text not null default '[]'       -- JSON array
);
create index remote_article_of on remote_article(article);

-- Subscriptions that the server has, or had: its id (null: it has it no more), and the folder that both agreed on last.
create table remote_feed (feed integer primary key, remote text unique, folder text not null default '');

-- What the reader did and the server does not know yet. One row for a field of a thing: the last act wins.
create table wish (
  field text not null,                  -- of an article: read, star, tags; of a subscription: subscribed, folder
  id integer not null,
  value text not null,
  at integer not null,                  -- milliseconds since 1970, by this machine's clock
  turn integer not null,
  primary key (field, id)
) without rowid;

create trigger wished_read after update of read on article
  when old.read <> new.read and (select active and not applying from sync_state)
    and exists (select 1 from remote_article where article = new.id) begin
  update sync_state set turn = turn + 1;
  insert into wish select 'read', new.id, new.read, cast(unixepoch('subsec') * 1000 as integer), turn from sync_state where true
    on conflict (field, id) do update set value = excluded.value, at = excluded.at, turn = excluded.turn;
end;

create trigger wished_star after update of scrapped on article
  when old.scrapped <> new.scrapped and (select active and not applying from sync_state)
    and exists (select 1 from remote_article where article = new.id) begin
  update sync_state set turn = turn + 1;
  insert into wish select 'star', new.id, new.scrapped, cast(unixepoch('subsec') * 1000 as integer), turn from sync_state where true
    on conflict (field, id) do update set value = excluded.value, at = excluded.at, turn = excluded.turn;
end;

-- A scrap that is new and has no label takes none away from the server; `scrapped` is set after the scrap is stored.
create trigger wished_tags after insert on scrap
  when (select active and not applying from sync_state)
    and (new.tags <> '[]' or (select scrapped from article where id = new.id))
    and new.tags <> coalesce((select value from wish where field = 'tags' and id = new.id),
                             (select tags from remote_article where article = new.id limit 1)) begin
  update sync_state set turn = turn + 1;
  insert into wish select 'tags', new.id, new.tags, cast(unixepoch('subsec') * 1000 as integer), turn from sync_state where true
    on conflict (field, id) do update set value = excluded.value, at = excluded.at, turn = excluded.turn;
end;

create trigger wished_no_tags after delete on scrap
  when (select active and not applying from sync_state)
    and '[]' <> coalesce((select value from wish where field = 'tags' and id = old.id),
                         (select tags from remote_article where article = old.id limit 1)) begin
  update sync_state set turn = turn + 1;
  insert into wish select 'tags', old.id, '[]', cast(unixepoch('subsec') * 1000 as integer), turn from sync_state where true
    on conflict (field, id) do update set value = excluded.value, at = excluded.at, turn = excluded.turn;
end;

-- A page whose links are the articles is no feed that a server could fetch.
create trigger wished_feed after insert on feed
  when new.gone is null and new.page = 0 and (select active and not applying and new_feeds from sync_state) begin
  update sync_state set turn = turn + 1;
  insert into wish select 'subscribed', new.id, '1', cast(unixepoch('subsec') * 1000 as integer), turn from sync_state where true
    on conflict (field, id) do update set value = excluded.value, at = excluded.at, turn = excluded.turn;
end;

create trigger wished_subscription after update of gone on feed
  when (old.gone is null) <> (new.gone is null) and new.page = 0 and (select active and not applying from sync_state)
    and (exists (select 1 from remote_feed where feed = new.id)
      or exists (select 1 from wish where field = 'subscribed' and id = new.id)
      or new.gone is null and (select new_feeds from sync_state)) begin
  update sync_state set turn = turn + 1;
  insert into wish select 'subscribed', new.id, new.gone is null, cast(unixepoch('subsec') * 1000 as integer), turn from sync_state where true
    on conflict (field, id) do update set value = excluded.value, at = excluded.at, turn = excluded.turn;
end;

create trigger wished_folder after update of folder on feed
  when old.folder is not new.folder and (select active and not applying from sync_state)
    and exists (select 1 from remote_feed where feed = new.id) begin
  update sync_state set turn = turn + 1;
  insert into wish select 'folder', new.id, coalesce(new.folder, ''), cast(unixepoch('subsec') * 1000 as integer), turn from sync_state where true
    on conflict (field, id) do update set value = excluded.value, at = excluded.at, turn = excluded.turn;
end;
