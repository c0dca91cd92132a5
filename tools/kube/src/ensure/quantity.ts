/** Factors of Kubernetes' quantities (k8s.io/apimachinery/pkg/api/resource): decimal, and binary with an `i`. */
const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

const shape = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d+))?$/;

/** Whether a text is a quantity: `500m`, `2Gi`, `1e3`. */
export function isQuantity(text: string): boolean {
  return shape.test(text);
}

export function isSameQuantity(left: string, right: string): boolean {
  const [one, other] = [amountOf(left), amountOf(right)];
  if (one === undefined || other === undefined) return false;
  return Math.abs(one - other) <= Math.abs(one) * Number.EPSILON * 4;
}

function amountOf(text: string): number | undefined {
  const [, digits, suffix = '', exponent] = shape.exec(text) ?? [];
  if (digits === undefined) return undefined;
  return exponent === undefined ? Number(digits) * (factors[suffix] ?? 1) : Number(`${digits}e${exponent}`);
}
