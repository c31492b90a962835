-- Wire copy: the article (its id) that stands for this one in the list; null where it stands for itself.
alter table article add column copy integer;
create index article_copy on article(copy) where copy is not null;
create index article_folded on article(gone, copy);
-- What stands for others may go; they stand for themselves then, until the stories are looked at again.
create trigger unfolded after update of gone on article when new.gone <> 0 and old.gone = 0 begin
  update article set copy = null where copy = new.id;
end;
create trigger unfolded_for_good after delete on article begin
  update article set copy = null where copy = old.id;
end;
