-- Who reads and marks an emulation round (R16): the centre all, a cluster's officers theirs, a province those of the clusters it is or was in.

create function calc.my_emulation_clusters() returns setof integer language sql stable security definer set search_path = pg_catalog as $$
	select u from calc.my_units('emulation.read') u
	union
	select c.cluster_id from app.cluster_province c where c.province_id in (select calc.my_units('emulation.read'))
$$;

-- Whether a province belonged to the round's cluster in its year, and the round still takes marks.
create function calc.emulation_open(round uuid, province integer) returns boolean language sql stable security definer set search_path = pg_catalog as $$
	select exists (select from app.emulation_round r where r.id = round and r.published_at is null
		and (province is null or exists (select from app.cluster_province c where c.cluster_id = r.cluster_id and c.province_id = province
			and c.during && daterange(make_date(r.year, 1, 1), make_date(r.year + 1, 1, 1)))))
$$;

-- Whether the acting account looks over the marks of a round: the centre any, a cluster's officers theirs.
create function calc.emulation_reviews(round uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
	select calc.sees_all('emulation.review') or exists (select from app.emulation_round r where r.id = round
		and r.cluster_id in (select calc.my_units('emulation.review')))
$$;
