import { startIdentity } from './zz-pg.ts';
import { identitySurfaces } from '#identity/api/surfaces.ts';
import { startPostgres } from '#test/postgres.ts'; const pgs = await startPostgres(); (globalThis as any).pgAddress = await pgs.createDatabase();
const cloud = await startIdentity();
const values: unknown[] = [null, 0, -1, 1e30, '', 'x', '\u0000', '\ud800', true, [], {}, [null], {a:{b:[]}}, 'y'.repeat(5000), 'default', cloud.demoProjectId];
const keys = ['name','id','domain_id','parent_id','enabled','password','options','tags','description','is_domain','default_project_id','extra','original_password','links','immutable', 'constructor', 'toString'];
let n = 0; const bad = new Map<string, number>();
const pick = <T>(a: readonly T[]): T => a[Math.floor(Math.random()*a.length)] as T;
const ids = ['unknown','default',cloud.demoProjectId,cloud.demo.userId ?? '', '%00', '%ff', '..%2f', 'a%20b', 'é'];
const eps = identitySurfaces(cloud.identity)[0]!.endpoints;
const wraps = ['user','project','domain','group','role','auth','identity','scope'];
for (let i=0;i<2500;i++) {
  const e = pick(eps); if (e.method==='DELETE' && Math.random()<0.7) continue;
  const url = '/v3' + e.path.replaceAll(/\{\w+\}/g, () => encodeURI(pick(ids)).replaceAll('%25','%'));
  const inner: Record<string, unknown> = {}; for (let k=0;k<3;k++) inner[pick(keys)] = pick(values);
  const w = e.path.startsWith('/auth') ? pick(wraps) : (e.path.split('/')[1] ?? '').replace(/s$/,'');
  let body: unknown = pick([{[w]: inner}, {[w]: {name:'n'+i, ...inner}}, pick(values)]);
  if (e.path === '/auth/tokens' && e.method==='POST' && Math.random()<0.7) body = {auth:{identity:{methods:['password'],password:{user:{name:pick(values),id:pick([undefined,'x',cloud.demo.userId]),password:pick(values),domain:pick([undefined,{id:'default'},{name:pick(values)}])}}},scope:pick<any>([undefined,null,'unscoped',{},{project:pick(values)},{domain:{id:pick(values)}},{project:{name:pick(values),domain:{}}},{system:{}}])}};
  const q = pick(['','?limit=99999999999999999999','?limit=1&marker=zz','?name=a&name=b','?user.id=','?effective','?domain_id=%00','?enabled=&is_domain=', '?limit=-1', '?marker=%00', '?__proto__=1', '?role.id[]=1']);
  const send = ['POST','PATCH','PUT'].includes(e.method);
  try {
  const a = await cloud.admin.request(e.method, url + q, send ? (typeof body === 'string' ? JSON.stringify(body) : body) : undefined, send ? {'content-type':'application/json'} : {});
  n++;
  if (a.status >= 500) { const k = `${e.method} ${e.path} ${q} ${a.status} ${JSON.stringify(body)?.slice(0,150)}`; bad.set(k,(bad.get(k)??0)+1); }
  if (a.status === 401 && !e.public) { console.log('lost admin', e.method, url, JSON.stringify(body)?.slice(0,300)); break; }
  } catch (err) { console.log(String(err), e.method, url); }
}
console.log(n, 'requests', [...bad].slice(0,10), bad.size);
await cloud[Symbol.asyncDispose]();
await pgs.stop();
