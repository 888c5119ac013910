import { contentPath, type GuestFacts, metaData, userData } from './documents.ts';
import { ec2MetaData } from './ec2.ts';
import { networkData } from './network-data.ts';

/** A tree of JSON, built from paths. */
interface Tree {
  [name: string]: string | Tree;
}

/** Every file of a config drive, by path. Guests look for `latest` or a version they know. */
export function configDriveFiles(facts: GuestFacts): Record<string, Uint8Array> {
  const json = (value: object) => Buffer.from(JSON.stringify(value));
  const data = userData(facts);
  const files: Record<string, Uint8Array> = {};
  for (const version of ['2009-04-04', 'latest']) {
    files[`ec2/${version}/meta-data.json`] = json(treeOf(ec2MetaData(facts, version)));
    if (data) files[`ec2/${version}/user-data`] = data;
  }
  for (const version of ['2018-08-27', 'latest']) {
    files[`openstack/${version}/meta_data.json`] = json(metaData(facts, version));
    files[`openstack/${version}/network_data.json`] = json(networkData(facts));
    files[`openstack/${version}/vendor_data.json`] = json({});
    files[`openstack/${version}/vendor_data2.json`] = json({});
    if (data) files[`openstack/${version}/user_data`] = data;
  }
  for (const [index, file] of facts.files.entries()) {
    files[`openstack${contentPath(index)}`] = Buffer.from(file.contents, 'base64');
  }
  return files;
}

function treeOf(values: ReadonlyMap<string, string>): Tree {
  const root: Tree = {};
  for (const [path, value] of values) {
    const names = path.split('/');
    let node = root;
    for (const name of names.slice(0, -1)) {
      const child = node[name] ?? {};
      if (typeof child === 'string') throw new Error(`${path} is below a value`);
      node[name] = child;
      node = child;
    }
    node[names.at(-1) ?? path] = value;
  }
  return root;
}
