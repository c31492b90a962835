-- When the page of an article was last asked for in vain.
alter table article add column tried integer not null default 0;
create index article_wanting on article(n) where held < 2 and read = 0 and gone = 0;
