-- How often the reader opened an article, and when last. Apart from the articles, so that it outlives what retention takes.
create table opened (id integer primary key, times integer not null, last integer not null);
create index opened_most on opened(times, last);
