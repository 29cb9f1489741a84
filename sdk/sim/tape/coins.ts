/** Currencies that stand for the dollar on the right of a pair; with `M`, KuCoin's futures. */
export const DOLLARS = new Set(
  (
    "USD USDT USDC BUSD FDUSD TUSD DAI PYUSD USDP GUSD LUSD SUSD RLUSD USDD USDE USDS USD1 HUSD " +
    "FRAX PAX USDM USDTM USDCM"
  ).split(" "),
);

/** Other currencies on the right of a pair: a market of its own. */
export const OTHER_MONEY = new Set(
  (
    "EUR GBP JPY KRW TRY BRL AUD CAD CHF RUB UAH NGN ZAR MXN INR IDR IDRT PLN CZK SGD HKD CNY CNH " +
    "THB VND ARS COP PHP AED NZD SEK NOK DKK EURT EURC EURS EURI AEUR BIDR BKRW GYEN XAU " +
    "BTC XBT WBTC ETH WETH STETH BNB SOL TRX XRP DOGE DOT"
  ).split(" "),
);

/**
 * Coins that names without a separator are cut by: `BNBUSD` is BNB in USD, `ETHBUSD` ETH in BUSD,
 * which only the coin tells.
 */
export const COINS = new Set(
  (
    "BTC XBT ETH SOL BNB LINK DOGE XDG AVAX XRP ADA DOT LTC BCH ETC MATIC POL UNI AAVE ATOM NEAR APT " +
    "ARB OP SUI TON TRX FIL ICP XLM XMR ALGO EOS FTT LUNA LUNC CRV COMP MKR SNX YFI SUSHI GRT SAND " +
    "MANA AXS GALA SHIB PEPE WIF BONK FTM INJ SEI TIA RUNE LDO RPL ENS DYDX GMX PENDLE ENA HYPE JUP " +
    "IMX HBAR VET XTZ THETA ZEC DASH NEO BAT ZRX KSM STX CRO OKB LEO HT BSV WBTC TBTC CBBTC STETH " +
    "WSTETH RETH CBETH WEETH WBETH WETH KCS MNT FET RNDR RENDER TAO ORDI KAS QNT FLOW EGLD CHZ"
  ).split(" "),
);

/** Kraken's and BitMEX's names of the same coins. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  ...{ XBT: "BTC", XXBT: "BTC", XDG: "DOGE", XXDG: "DOGE", XETH: "ETH", XXRP: "XRP" },
  ...{ XLTC: "LTC", XETC: "ETC", XXLM: "XLM", XXMR: "XMR", XZEC: "ZEC" },
};

/** What a pool calls a coin. */
export function coinName(name: string): string {
  return OTHER_NAMES[name] ?? name;
}

/** What stands behind a pair and says the kind of contract, not the market. */
export const CONTRACTS = new Set("PERP SPOT SWAP PERPETUAL INTX UMCBL DMCBL CMCBL SPBL".split(" "));

/** What stands before a pair: venues of data vendors, and Kraken's kinds of contract. */
export const VENUES = new Set(
  (
    "BINANCE BINANCEUS BINANCEFTS BINANCEFTSC BITSTAMP COINBASE KRAKEN BITFINEX BYBIT OKX OKEX FTX " +
    "DERIBIT BITMEX GEMINI HUOBI HTX KUCOIN GATEIO CRYPTO CRYPTOCOM CHAINLINK PYTH INDEX COINAPI " +
    "DYDX HYPERLIQUID POLONIEX BITTREX PF PI"
  ).split(" "),
);
