-- The read-later queue: when the article was put into it, in microseconds since 1970; null where it is not in it.
alter table article add column later integer;
create index article_later on article(later) where later is not null;
