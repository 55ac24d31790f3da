-- The few women whose memberships never count: verify looks them up instead of reading every person.
create index person_set_aside_index on app.person (id) where honorary or merged_into is not null;
