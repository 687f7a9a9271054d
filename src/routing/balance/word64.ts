/** 64 bits as two unsigned halves that change in place: plain numbers cannot hold them, and BigInts take ten times as long. */
export class Word64 {
  constructor(
    public hi = 0,
    public lo = 0,
  ) {}

  set(hi: number, lo: number): this {
    this.hi = hi >>> 0
    this.lo = lo >>> 0
    return this
  }

  add({hi, lo}: Word64): this {
    const sum = this.lo + lo
    return this.set(this.hi + hi + (sum > 0xffffffff ? 1 : 0), sum)
  }

  subtract({hi, lo}: Word64): this {
    return this.set(this.hi - hi - (this.lo < lo ? 1 : 0), this.lo - lo)
  }

  xor({hi, lo}: Word64): this {
    return this.set(this.hi ^ hi, this.lo ^ lo)
  }

  /** The low 64 bits of the product, put together from products of 16-bit digits, which are exact. */
  multiply({hi, lo}: Word64): this {
    const a1 = this.lo >>> 16
    const a0 = this.lo & 0xffff
    const b1 = lo >>> 16
    const b0 = lo & 0xffff
    const low = a0 * b0
    const left = a1 * b0
    const right = a0 * b1
    const middle = (low >>> 16) + (left & 0xffff) + (right & 0xffff)
    const carried = a1 * b1 + (left >>> 16) + (right >>> 16) + (middle >>> 16)
    return this.set(carried + Math.imul(this.hi, lo) + Math.imul(this.lo, hi), (middle << 16) | (low & 0xffff))
  }

  /** To the left, by 1 to 31 bits. */
  rotate(bits: number): this {
    const {hi, lo} = this
    return this.set((hi << bits) | (lo >>> (32 - bits)), (lo << bits) | (hi >>> (32 - bits)))
  }

  /** Itself xor itself shifted to the right, by 1 to 63 bits. */
  xorShifted(bits: number): this {
    const {hi, lo} = this
    if (bits >= 32) return this.set(hi, lo ^ (bits === 32 ? hi : hi >>> (bits - 32)))
    return this.set(hi ^ (hi >>> bits), lo ^ ((lo >>> bits) | (hi << (32 - bits))))
  }

  /** The rest on division by a number below 2^26. */
  modulo(divisor: number): number {
    return (((this.hi % divisor) * (2 ** 32 % divisor)) % divisor + (this.lo % divisor)) % divisor
  }

  toBigInt(): bigint {
    return (BigInt(this.hi) << 32n) | BigInt(this.lo)
  }
}
