-- What a list of scraps tells of each beside its name: how many stretches are marked, and whether its page changed since.
alter table scrap add column marks integer not null default 0;
alter table scrap add column changed integer not null default 0;
