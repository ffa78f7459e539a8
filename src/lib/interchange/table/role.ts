/** What a column of a payments file can mean, and the words by which headers say so. (X6) */
import { withoutAccents } from './month-name.ts';

export type Role =
  | 'date'
  | 'amount'
  /** Money out and money in, in columns of their own. */
  | 'debit'
  | 'credit'
  /** Whether the amount beside it is money out or in: `D`/`C`, `Soll`/`Haben`. */
  | 'direction'
  | 'currency'
  | 'vendor'
  | 'description'
  /** The number of the invoice or transaction. */
  | 'reference'
  | 'category'
  | 'department'
  | 'project'
  /** `expense`, `credit` or `revenue`, in Outlay's own export. */
  | 'kind';

/**
 * A header in the form the words are written in: lower case, no accents, words apart (`SupplierName`, `supplier_name`),
 * without signs and currencies; an amount's VAT said as `net` or `gross`.
 */
export function headerWords(header: string): string {
  return withoutAccents(header)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(
      /\b(?:excl?|excluding|without|net of|hors|exkl|ohne|ex)\b[. ]*(?:of )?(?:vat|tax|gst|mwst|ust|btw|iva|tva)\b/g,
      'net',
    )
    .replace(/\b(?:incl?|including|with|inkl|mit)\b[. ]*(?:vat|tax|gst|mwst|ust|btw|iva|tva)\b/g, 'gross')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/(?:^| )(?:gbp|eur|usd|chf|sek|nok|dkk|cad|aud|jpy)(?= |$)/g, ' ')
    .replace(/ +/g, ' ')
    .trim();
}

/** Per role the headers that say it, the clearest first. */
export const roleWords: Readonly<Record<Exclude<Role, 'kind'>, readonly string[]>> = {
  date: list(`date, transaction date, trans date, invoice date, document date, doc date, tax date, paid date,
    payment date, date paid, date of payment, posting date, posted date, booking date, accounting date, gl date,
    effective date, clearing date, cleared date, value date, datum, belegdatum, rechnungsdatum, buchungsdatum,
    buchungstag, valutadatum, wertstellung, date facture, date de facture, date operation, date comptable,
    date paiement, date valeur, fecha, fecha factura, fecha operacion, fecha contable, fecha valor, data,
    data fattura, data operazione, data contabile, data pagamento, data valuta, factuurdatum, boekdatum,
    transactiedatum, rentedatum, data da fatura, data do pagamento, fakturadatum, bokforingsdatum, dato,
    bokforingsdato, data faktury, data operacji, valuta, day, charge period start`),
  amount: list(`amount, net amount, amount net, payment amount, amount paid, invoice amount, transaction amount,
    line amount, spend amount, sum of amount, distribution amount, net value, value, line value, net, spend, cost,
    total amount, gross amount, amount gross, total, sum, gross, price, expenditure, actual, actuals, paid, betrag,
    nettobetrag, netto, bruttobetrag, umsatz, summe, kosten, montant, montant ht, montant ttc, montant net, importe,
    importe neto, monto, importo, imponibile, importo netto, bedrag, netto bedrag, valor, valor liquido, belopp,
    belop, kwota, kwota netto, billed cost`),
  debit: list(`debit, debit amount, debits, money out, paid out, out, withdrawal, withdrawals, spent, soll,
    sollbetrag, lastschrift, ausgabe, ausgaben, ausgang, debet, debito, cargo, cargos, dare, uscite, sorties,
    uitgaven, uit, saida`),
  credit: list(`credit, credit amount, credits, money in, paid in, in, deposit, deposits, receipts, received, haben,
    habenbetrag, gutschrift, einnahme, einnahmen, eingang, kredit, credito, abono, abonos, avere, entrate, entrees,
    inkomsten, bij, entrada`),
  direction: list(`dr cr, cr dr, debit credit, credit debit, d c, c d, debit credit indicator, dc indicator,
    soll haben, soll haben kennzeichen, s h, af bij, sens, sign, debe haber, dare avere`),
  currency: list(`currency, currency code, ccy, curr, cur, billing currency, invoice currency, transaction currency,
    wahrung, waehrung, devise, monnaie, moneda, divisa, valuta, munt, muntsoort, moeda, waluta`),
  vendor: list(`supplier name, vendor name, supplier, vendor, payee name, payee, beneficiary name, beneficiary,
    merchant name, merchant, creditor name, creditor, counterparty, counterparty name, paid to, payable to,
    company name, trading name, company, contractor, recipient, provider name, invoice issuer name, provider,
    lieferant, lieferantenname, kreditor, zahlungsempfanger, empfanger, begunstigter, beguenstigter zahlungspflichtiger,
    auftraggeber empfanger, name zahlungsbeteiligter, fournisseur, nom fournisseur, nom du fournisseur, beneficiaire,
    proveedor, nombre proveedor, beneficiario, fornitore, ragione sociale, leverancier, naam omschrijving, naam tegenpartij,
    tegenpartij,
    fornecedor, leverantor, leverandor, dostawca, kontrahent, nazwa kontrahenta, name, nom, naam, publisher name`),
  description: list(`description, invoice description, line description, item description, transaction description,
    expense description, charge description, details, detail, narrative, narration, particulars, memo, purpose,
    purpose of spend, purpose of expenditure, item text, item, text, notes, note, comments, comment, summary,
    beschreibung, verwendungszweck, buchungstext, bezeichnung, libelle, description de l operation, objet, motif,
    concepto, descripcion, descrizione, causale, omschrijving, mededelingen, descricao, historico, beskrivning,
    beskrivelse, tekst, opis, tytul, service name`),
  reference: list(`invoice number, invoice no, invoice num, invoice ref, invoice reference, invoice, transaction number,
    transaction no, transaction num, trans no, trans number, transaction id, transaction reference, transaction ref,
    document number, document no, doc no, document, voucher number, voucher no, voucher, payment reference,
    payment ref, payment number, reference number, reference no, reference, ref no, ref, our reference,
    unique reference, internal reference, unique id, journal number, journal no, bill number, bill no, receipt number,
    transaction, order number, po number, cheque number, check number, rechnungsnummer, rechnungsnr, rechnung nr,
    belegnummer, belegnr, beleg, referenz, buchungsnummer, numero de facture, numero facture, no facture, facture,
    piece, numero de factura, numero factura, factura, referencia, numero documento, numero fattura, fattura,
    riferimento, factuurnummer, factuur, referentie, kenmerk, numero da fatura, fakturanummer, faktura,
    numer faktury`),
  category: list(`expenditure category, expense category, category, spend category, cost category, expense type,
    expenditure type, spend type, detailed expenditure type, account name, account description, nominal description,
    nominal name, nominal, gl description, gl account description, gl account, ledger account, cost type,
    cost element description, cost element, subjective description, subjective, expenditure description,
    expenditure unit, expenditure, merchant category, procurement category, service category, budget category,
    category name, cost pool, classification, account, cost code description, type of spend, kategorie, kostenart,
    kontobezeichnung, sachkonto, konto, aufwandsart, categorie, nature de depense, nature, rubrique, compte, categoria,
    cuenta contable, cuenta, partida, conto, voce di spesa, voce, rubriek, grootboekrekening, kategori, kategoria`),
  // Who published the file comes last: it is the same in every row.
  department:
    list(`department, department name, cost centre name, cost center name, cost centre description, cost center
    description, cost centre, cost center, organisational unit, organizational unit, service area, directorate,
    division, business unit, service, section, team, expense area, service label, area, unit, portfolio,
    kostenstelle, kostenstellenbezeichnung, abteilung, bereich, centre de cout, centre de couts, departement,
    direction, departamento, centro de coste, centro de costo, centro de costes, reparto, dipartimento, centro
    di costo, afdeling, kostenplaats, centro de custo, avdelning, kostnadsstalle, avdeling, kostnadssted,
    omkostningssted, dzial, mpk, entity, department family, sub account name, organisation name, organisation,
    organization, body name, body, client, authority`),
  project: list(`project, project name, project code, project number, project no, initiative, programme, program, wbs,
    wbs element, job, job code, projekt, projektname, projet, proyecto, progetto, projeto, prosjekt`),
};

/** Words beside which a header means something else: the supplier's number is not the supplier. */
export const strangeWords: Readonly<Partial<Record<Role, ReadonlySet<string>>>> = {
  date: words(
    'due birth start end expiry expires delivery created modified updated from to time until faellig faelligkeit',
  ),
  amount: words(
    'balance saldo solde vat tax mwst ust btw iva tva quantity qty menge unit rate number no id code discount budget percentage percent limit threshold count running available',
  ),
  debit: words('card account balance number no id'),
  credit: words('card account balance number no id limit note'),
  vendor: words(
    'id code number no num nr ref postcode post zip address city country type category vat group iban account bank site',
  ),
  description: words('code id number no'),
  category: words('id code number no manager'),
  department: words('id code number no manager'),
  reference: words('date amount type'),
  project: words('manager'),
};

function list(text: string): readonly string[] {
  return text.split(',').map((phrase) => phrase.replace(/\s+/g, ' ').trim());
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}
