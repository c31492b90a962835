-- Keeping in step through a folder: what each machine did, as it stands in the journals there (docs/sync.md).
--
-- active: a folder is set up, so that acts are recorded. applying: what other machines did is being stored, which is no
-- act of this one. machine: this machine's number; origin: what tells a copied library from the one it was copied from.
-- seq: the last number given to an act; written: up to which they stand in the journal; floor: no act is dated earlier, in
-- milliseconds since 1970. file and bytes: the journal's name and size as they were left; base: its size when it was last
-- compacted.
create table folder_state (
  active integer not null, applying integer not null,
  machine integer not null, origin text not null,
  seq integer not null, written integer not null, floor integer not null,
  file text not null, bytes integer not null, base integer not null
);
insert into folder_state values (0, 0, 0, '', 0, 0, 0, '', 0, 0);

-- What was changed here and has not become acts yet: an article's read mark or place, a scrap, that it was taken away, a
-- subscription, its title or folder.
create table folder_touched (
  kind text not null, id integer not null,
  wall integer not null,                -- milliseconds since 1970, by this machine's clock
  primary key (kind, id)
) without rowid;

-- The last act of each machine on each field of each thing. The one of them that counts has wins = 1.
create table shared_act (
  field text not null,
  thing integer not null,               -- what the machines call it: a hash of its address
  part text not null,                   -- which label or highlight; else empty
  machine integer not null,
  seq integer not null, wall integer not null, floor integer not null,
  wins integer not null,
  own integer not null,
  value text,                           -- JSON; null: taken away. Texts of scraps are in shared_text
  primary key (field, thing, part, machine)
) without rowid;
create index shared_act_own on shared_act(seq) where own = 1;

create table shared_text (
  thing integer not null, machine integer not null,
  packed blob not null,                 -- JSON of an article, deflated
  primary key (thing, machine)
);

-- What the machines call an article or subscription of this library.
create table shared_name (
  kind integer not null,                -- 0 article or scrap, 1 subscription
  shared integer not null, id integer not null,
  primary key (kind, shared, id)
) without rowid;
create index shared_name_of on shared_name(kind, id);
create trigger unnamed after delete on article when (select active from folder_state) begin
  delete from shared_name where kind = 0 and id = old.id and not exists (select 1 from scrap where id = old.id);
end;

-- How far each file of the folder has been read.
create table folder_file (
  name text primary key,
  head text not null,                   -- its first line; another one is another file
  read integer not null                 -- bytes
) without rowid;

create trigger touched_read after update of read on article
  when old.read <> new.read and (select active and not applying from folder_state) begin
  insert into folder_touched values ('read', new.id, cast(unixepoch('subsec') * 1000 as integer))
    on conflict (kind, id) do update set wall = excluded.wall;
end;
create trigger touched_place after update of part, byte on article
  when (old.part is not new.part or old.byte is not new.byte) and (select active and not applying from folder_state) begin
  insert into folder_touched values ('place', new.id, cast(unixepoch('subsec') * 1000 as integer))
    on conflict (kind, id) do update set wall = excluded.wall;
end;
create trigger touched_scrap after insert on scrap when (select active and not applying from folder_state) begin
  insert into folder_touched values ('scrap', new.id, cast(unixepoch('subsec') * 1000 as integer))
    on conflict (kind, id) do update set wall = excluded.wall;
end;
create trigger touched_no_scrap after delete on scrap when (select active and not applying from folder_state) begin
  insert into folder_touched values ('unscrap', old.id, cast(unixepoch('subsec') * 1000 as integer))
    on conflict (kind, id) do update set wall = excluded.wall;
end;
create trigger touched_new_feed after insert on feed when (select active and not applying from folder_state) begin
  insert into folder_touched values ('feed', new.id, cast(unixepoch('subsec') * 1000 as integer))
    on conflict (kind, id) do update set wall = excluded.wall;
end;
create trigger touched_feed after update of gone on feed
  when (old.gone is null) <> (new.gone is null) and (select active and not applying from folder_state) begin
  insert into folder_touched values ('feed', new.id, cast(unixepoch('subsec') * 1000 as integer))
    on conflict (kind, id) do update set wall = excluded.wall;
end;
-- A title that a feed gives itself, where it had none, is no act.
create trigger touched_label after update of folder, title on feed
  when (old.folder is not new.folder or old.title <> new.title and old.title not in ('', old.url))
    and (select active and not applying from folder_state) begin
  insert into folder_touched values ('label', new.id, cast(unixepoch('subsec') * 1000 as integer))
    on conflict (kind, id) do update set wall = excluded.wall;
end;
