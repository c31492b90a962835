-- Texts are compared without accents, width and raised or lowered digits, and Hangul across spaces: the index is made
-- anew.
delete from gram;
delete from segment;
delete from pending;
insert into pending select n from article;
