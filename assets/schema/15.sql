-- Rules for articles that arrive. The articles that came or changed and that the rules were not applied to yet; it is only
-- filled where the settings have rules.
create table arrival (article integer primary key);
-- Which rule, by a hash of it, acted on which article: each acts once on an article.
create table rule_act (rule integer not null, article integer not null, primary key (rule, article)) without rowid;
-- Articles that a rule hides, whatever mute rules there are.
create table rule_hidden (article integer primary key);
-- Articles that the reader was alerted of, once as news and once as corrected.
create table alert (
  article integer not null,
  corrected integer not null,
  at integer not null,
  primary key (article, corrected)
) without rowid;
