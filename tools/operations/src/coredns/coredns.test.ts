import { memoryKube } from '@luban-ci/kube/memory';
import { describe, expect, test } from 'vitest';
import { withHosts } from './hosts-entries.ts';
import { patchCoredns } from './patch-coredns.ts';

const names = ['webhook.luban.example', 'harbor.luban.example'];
const at = (address: string) => ({ address, names });

const plain = `.:53 {
    errors
    kubernetes cluster.local in-addr.arpa ip6.arpa {
        fallthrough in-addr.arpa
    }
    forward . /etc/resolv.conf
    reload
}
internal.example:53 {
    forward . 10.0.0.2
}
`;
const own = `    hosts {
        10.0.0.7 webhook.luban.example harbor.luban.example
        fallthrough
    }
`;

describe('a Corefile', () => {
  test('without hosts gets them in the block of the root zone, and in no other', () => {
    const { Corefile } = withHosts({ Corefile: plain }, at('10.0.0.7'));

    expect(Corefile).toBe(plain.replace('.:53 {\n', `.:53 {\n${own}`));
    expect(withHosts({ Corefile }, at('10.0.0.7'))).toEqual({ Corefile });
  });

  test('has the new address and not the old one when it has changed', () => {
    const before = plain.replace('.:53 {\n', `.:53 {\n${own}`);

    const { Corefile } = withHosts({ Corefile: before }, at('10.0.0.8'));

    expect(Corefile).toBe(before.replace('10.0.0.7', '10.0.0.8'));
  });

  test('keeps the entries of others, their order, and what is said of them', () => {
    const theirs = `. {
\thosts /etc/coredns/more {
\t\t10.1.1.1 printer.example # upstairs
\t\t10.0.0.7 webhook.luban.example other.example # both
\t\tttl 60
\t}
}
`;

    const { Corefile } = withHosts({ Corefile: theirs }, at('10.0.0.8'));

    expect(Corefile).toBe(`. {
\thosts /etc/coredns/more {
\t\t10.0.0.8 webhook.luban.example harbor.luban.example
\t\t10.1.1.1 printer.example # upstairs
\t\t10.0.0.7 other.example # both
\t\tttl 60
\t}
}
`);
  });

  test('has the names in every block of the root zone, whatever its port and protocol', () => {
    const several = `(common) {
    errors
}
tls://.:853, dns://.:5353 {
    import common
}
:53 {
  hosts /etc/coredns/more
}
`;

    const { Corefile } = withHosts({ Corefile: several }, at('10.0.0.7'));

    expect(Corefile).toBe(`(common) {
    errors
}
tls://.:853, dns://.:5353 {
${own}    import common
}
:53 {
  hosts /etc/coredns/more {
    10.0.0.7 webhook.luban.example harbor.luban.example
  }
}
`);
  });

  test.each([
    ['without a root zone', 'example.org {\n  errors\n}\n', 'has no block for the root zone'],
    ['whose hosts are for one zone', '. {\n  hosts /etc/h example.org {\n  }\n}\n', 'is for example.org alone'],
  ])('%s is refused with one sentence', (_, Corefile, sentence) => {
    expect(() => withHosts({ Corefile }, at('10.0.0.7'))).toThrow(sentence);
  });
});

describe('NodeHosts', () => {
  const Corefile = '.:53 {\n  hosts /etc/coredns/NodeHosts {\n    ttl 60\n    fallthrough\n  }\n}\n';

  test('is where the names go where CoreDNS reads it (upstream-9.6: a changed address is refreshed)', () => {
    const data = { Corefile, NodeHosts: '192.168.1.4 node-1\n10.0.0.1 webhook.luban.example argocd.luban.example\n' };

    const after = withHosts(data, at('10.0.0.7'));

    const expected =
      '192.168.1.4 node-1\n10.0.0.1 argocd.luban.example\n10.0.0.7 webhook.luban.example harbor.luban.example\n';
    expect(after).toEqual({ Corefile, NodeHosts: expected });
    expect(withHosts(after, at('10.0.0.7'))).toEqual(after);
    expect(withHosts({ Corefile, NodeHosts: '' }, at('fd00::7')).NodeHosts).toBe(
      'fd00::7 webhook.luban.example harbor.luban.example',
    );
  });

  test('stays as it is where CoreDNS does not read it', () => {
    const after = withHosts({ Corefile: plain, NodeHosts: '192.168.1.4 node-1\n' }, at('10.0.0.7'));

    expect(after.NodeHosts).toBe('192.168.1.4 node-1\n');
    expect(after.Corefile).toContain(own);
  });
});

describe('a cluster', () => {
  const service = { name: 'luban-gateway', namespace: 'gateway' };
  const wanted = { names, service };
  const gateway = (ingress: object[]) => ({
    ...{ apiVersion: 'v1', kind: 'Service', metadata: service },
    status: { loadBalancer: { ingress } },
  });
  const coredns = {
    ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'coredns', namespace: 'kube-system' } },
    data: { Corefile: plain, other: 'stays' },
  };
  const place = { apiVersion: 'v1', kind: 'ConfigMap', name: 'coredns', namespace: 'kube-system' };

  test('is patched once; a dry run shows the difference and writes nothing', async () => {
    const kube = memoryKube();
    await kube.create(gateway([{ ip: '10.0.0.7' }]));
    await kube.create(coredns);

    const planned = await patchCoredns(kube, wanted, true);
    const untouched = (await kube.read(place))?.['data'];
    const patched = await patchCoredns(kube, wanted, false);
    const again = await patchCoredns(kube, wanted, false);

    const after = { Corefile: plain.replace('.:53 {\n', `.:53 {\n${own}`), other: 'stays' };
    expect(untouched).toEqual(coredns.data);
    expect((await kube.read(place))?.['data']).toEqual(after);
    expect(planned).toEqual(patched);
    expect(patched).toMatchObject({ changed: true, address: '10.0.0.7', reloads: true });
    expect(patched.diff).toMatch(/^\+.*10\.0\.0\.7 webhook\.luban\.example harbor\.luban\.example$/m);
    expect(again).toEqual({ changed: false, address: '10.0.0.7', diff: '', reloads: true });
  });

  test('that somebody else changes meanwhile is left as it is', async () => {
    const kube = memoryKube();
    await kube.create(coredns);
    kube.beforeWrite = async () => {
      kube.beforeWrite = () => {};
      const live = await kube.read(place);
      if (live !== undefined) await kube.replace({ ...live, data: { Corefile: '. {\n}\n' } });
    };

    await expect(patchCoredns(kube, { ...wanted, address: '10.0.0.9' }, false)).rejects.toThrow('run it again');
    expect((await kube.read(place))?.['data']).toEqual({ Corefile: '. {\n}\n' });
  });

  test.each([
    ['no gateway', [], 'There is no Service gateway/luban-gateway'],
    ['a gateway without an address', [gateway([])], 'has no address yet'],
    ['a gateway with a name', [gateway([{ hostname: 'lb.example' }])], 'has a name, lb.example, and no address'],
    ['no CoreDNS', [gateway([{ ip: '10.0.0.7' }])], 'There is no ConfigMap coredns'],
  ])('with %s says so in one sentence', async (_, objects, sentence) => {
    const kube = memoryKube();
    for (const object of objects) await kube.create(object);

    await expect(patchCoredns(kube, wanted, false)).rejects.toThrow(sentence);
  });
});
