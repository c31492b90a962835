-- Both cost more at each new article than they saved: lists walk the places themselves or the indexes on `gone` and another
-- column, and what wants its page is among the unread.
drop index article_shown;
drop index article_wanting;

-- Headlines have terms of their own in the index now: it is made anew.
delete from gram;
delete from segment;
delete from pending;
insert into pending select n from article;
