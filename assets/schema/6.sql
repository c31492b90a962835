-- How many articles are listed, and how many of them are unread: to count a hundred thousand rows took longer than to
-- paint the list.
create table tally (shown integer not null, unread integer not null);
insert into tally select count(*), coalesce(sum(1 - read), 0) from article where gone = 0;
create trigger tallied after insert on article when new.gone = 0 begin
  update tally set shown = shown + 1, unread = unread + 1 - new.read;
end;
create trigger untallied after delete on article when old.gone = 0 begin
  update tally set shown = shown - 1, unread = unread - 1 + old.read;
end;
create trigger retallied after update of gone, read on article
  when (old.gone = 0) <> (new.gone = 0) or old.read <> new.read begin
  update tally set shown = shown + (new.gone = 0) - (old.gone = 0),
    unread = unread + (new.gone = 0 and new.read = 0) - (old.gone = 0 and old.read = 0);
end;
