import { mode } from '../as-term.ts';
import type { Term } from '../term.ts';
import { sql } from './capacity.ts';

/** How load fell where it should not, and what caches did. */
export const ofLoad: readonly Term[] = [
  mode(
    'slow-query',
    'a slow query',
    2,
    [
      'slow|expensive|inefficient|unindexed|heavy|unoptimized|unoptimised|poorly performing query|queries',
      'long running query|queries|transaction',
      'missing|without|dropped|lack* …3 index|indices',
      'full table|collection|index scan',
      'query|execution plan|planner',
      'query|queries …3 slow|slower|slowed|expensive|inefficient|took|taking|timed',
    ],
    {
      with: [
        ...sql,
        'mongodb',
        'elasticsearch',
        'cassandra',
        'clickhouse',
        'bigquery',
        'redshift',
        'snowflake',
        'solr',
        'vitess',
        'dynamodb',
        'sqlite',
      ],
    },
  ),
  mode(
    'hot-spot',
    'a hot key, shard or partition',
    3,
    [
      'hot key|spot|shard|partition|node',
      'hotspot|hotspotting',
      'uneven|unevenly|imbalanced|unbalanced …4 distribut*|load|traffic|shard|partitions|across',
      'load imbalance',
    ],
    { instead: ['wifi hotspot', 'hot spot* …3 cooling|temperature'] },
  ),
  mode('noisy-neighbour', 'one client whose load hit everybody', 3, [
    'noisy neighbor*|neighbour*',
    'single|one|particular|specific customer|user|tenant|client|account …6 load|requests|traffic|overload*|queries|abus*|volume|spike',
    'abusive|misbehaving|runaway client|user|customer|bot|crawler|traffic|query|process|job',
  ]),
  mode('autoscaling-failed', 'scaling that did not help', 2, [
    'grow|scale …3 by themselves|automatically …6 not|slow|late',
    'scaled|scaling down …6 wrong|waiting|idle|although|while',
    'autoscal* …6 fail*|slow|unable|disabled|aggressive*|incorrect*|misconfig*|late|stuck|limit|maximum|bug|not|didnt',
    'auto scal* …6 fail*|slow|unable|disabled|aggressive*|incorrect*|misconfig*|late|stuck|limit|maximum|bug|not|didnt',
    'fail*|unable|not|didnt …3 scale …3 up|out|quickly|fast|enough|sufficiently|capacity|demand|load',
    'scaled|scaling|scale down|in …4 too|incorrectly|aggressively|prematurely|unexpectedly|mistakenly|below',
  ]),
  mode(
    'cold-cache',
    'a cache that was cold or lost',
    3,
    [
      'cache|caches …2 empty|filled from nothing',
      'cache|caches …6 from nothing',
      'cold|empty|emptied|flushed cache',
      'cache …3 flush|flushed|cleared|emptied|cold|invalidated|lost|purged|wiped|evicted|empty',
      'cache stampede',
      'cache miss|eviction|invalidation|churn|avalanche',
      'flush|flushed|flushing|clearing|purged|purging|invalidated|invalidating …3 cache|redis|memcached',
      'hit rate|ratio …4 drop*|fell|low|decreas*|plummet*',
    ],
    { with: ['redis', 'memcached', 'varnish', 'elasticache', 'cdn', 'cloudfront', 'fastly', 'cloudflare', 'akamai', 'valkey', 'nginx'] },
  ),
  mode(
    'stale-cache',
    'stale or wrong content in a cache',
    3,
    [
      'stale …2 cache|cached|entries|records|configuration|config|dns|reads|content',
      'cache|cached|caching …4 stale|wrong|incorrect|incorrectly|poison*|corrupt*|outdated|bug',
      'cache poison*',
      'cached …3 response|page|error|content …6 other|another|different|wrong',
    ],
    {
      with: [
        'redis',
        'memcached',
        'varnish',
        'elasticache',
        'cdn',
        'cloudfront',
        'fastly',
        'cloudflare',
        'akamai',
        'valkey',
        'nginx',
        'dns',
      ],
    },
  ),
  mode('grew-without-bound', 'something that grew without bound', 2, [
    'unbounded|uncontrolled|runaway growth|queue|memory|list|cache|log|recursion|fanout',
    'grew|grow|growing …2 unbounded|indefinitely|too large',
    'without …2 bound|upper limit',
    'table|index bloat',
  ]),
];
