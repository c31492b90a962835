-- The feed that a server's article is of: what a server says no more of an ended subscription is no state of its articles.
alter table remote_article add column feed integer;
