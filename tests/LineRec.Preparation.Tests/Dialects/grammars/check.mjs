// Parses statements by the grammars of other engines. Its argument is the folder that holds node_modules; reads
// [{dialect, sql}] from standard input, writes [[error, …], …] to standard output.
import { readFileSync } from 'node:fs';
import { register } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

register('./resolve.mjs', import.meta.url);
const load = file => import(pathToFileURL(join(process.argv[2], 'node_modules', file)));
const { SparkSQL, TrinoSQL } = await load('dt-sql-parser/dist/index.js');
const clickHouse = await load('@guanmingchiu/sqlparser-ts/dist/index.mjs');
await clickHouse.init?.();

const places = errors => errors.map(e => `line ${e.startLine}: ${e.message}`);
const parsers = {
  'Spark SQL': sql => places(new SparkSQL().validate(sql)),
  'Trino': sql => places(new TrinoSQL().validate(sql)),
  'ClickHouse': sql => {
    try {
      clickHouse.parse(sql, 'clickhouse');
      return [];
    } catch (error) {
      return [String(error.message ?? error)];
    }
  },
};

const statements = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(statements.map(({ dialect, sql }) => parsers[dialect](sql))));
