// The renderer: a process that turns documents into PDF with Typst, one after another. Started by
// publish/renderer.c, which gives it no network, no disk to write to and an empty environment.
//
// Standard input and output are one socket. Numbers are 32 bits, little-endian.
//   request   its size, then records: size of the name, size of the bytes, name, bytes
//   answer    0 and the size of a PDF, or 1 and the size of a message; then its bytes
// A record is a file, or an option if its name begins with "=":
//   =main       the file to compile
//   =standard   the PDF standard: ua-1, a-2a
//   =sheet      a second file to compile, for which the first one's PDF is cards.pdf and
//               sys.inputs.pages says how many pages it has; its PDF is the answer
//   =date       seconds since 1970, the date of the document
// Invariant: nothing of a document stays for the next one; the same request has the same answer.
'use strict';
const fs = require('fs');
const path = require('path');

const folder = process.argv[1];
const modules = path.join(folder, 'node_modules');
const { NodeCompiler } = require(path.join(modules, '@myriaddreamin/typst-ts-node-compiler'));

const fonts = [
  ['source-sans-3', 'SourceSans3', ['400Regular', '400Regular_Italic', '600SemiBold', '700Bold',
    '700Bold_Italic']],
  ['noto-sans-arabic', 'NotoSansArabic', ['400Regular', '700Bold']],
  ['noto-sans-hebrew', 'NotoSansHebrew', ['400Regular', '700Bold']],
];

function readFonts() {
  const blobs = [];
  for (const [name, file, weights] of fonts)
    for (const weight of weights)
      blobs.push(fs.readFileSync(path.join(modules, '@expo-google-fonts', name, weight,
        `${file}_${weight}.ttf`)));
  return [{ fontBlobs: blobs }];
}

function readBytes(size) {
  const bytes = Buffer.allocUnsafe(size);
  for (let at = 0; at < size;) {
    const got = fs.readSync(0, bytes, at, size - at, null);
    if (got === 0)
      process.exit(0);
    at += got;
  }
  return bytes;
}

function send(status, bytes) {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(status, 0);
  head.writeUInt32LE(bytes.length, 4);
  for (const part of [head, bytes])
    for (let at = 0; at < part.length;)
      at += fs.writeSync(1, part, at, part.length - at);
}

function parse(body) {
  const request = { files: [] };
  for (let at = 0; at < body.length;) {
    const nameSize = body.readUInt32LE(at);
    const size = body.readUInt32LE(at + 4);
    const name = body.toString('utf8', at + 8, at + 8 + nameSize);
    at += 8 + nameSize;
    const bytes = body.subarray(at, at + size);
    at += size;
    if (name.startsWith('='))
      request[name.slice(1)] = bytes.toString('utf8');
    else
      request.files.push([name, bytes]);
  }
  return request;
}

// The words of an error, whatever form the engine gives it.
function explain(compiler, error) {
  const found = [];
  try {
    for (const one of compiler.fetchDiagnostics(error))
      found.push(one.message + (one.hints && one.hints.length ? ` (${one.hints.join('; ')})` : ''));
  } catch {
    // no such list
  }
  const text = String((error && (error.code || error.message)) || error);
  const message = text.match(/message: "((?:[^"\\]|\\.)*)"/);
  return found.join('; ') || (message ? message[1].replace(/\\+"/g, '"') : text);
}

function refuse(compiler, error) {
  throw Object.assign(new Error(explain(compiler, error)), { told: true });
}

function layOut(compiler, root, main, inputs) {
  const made = compiler.compile({
    mainFilePath: path.join(root, main), inputs, resetRead: true });
  if (made.result === null)
    refuse(compiler, made.takeDiagnostics());
  const warnings = made.takeWarnings();
  if (warnings !== null && warnings.shortDiagnostics.length > 0)
    refuse(compiler, warnings);
  return made.result;
}

function render(compiler, root, request) {
  const options = { pdfStandard: request.standard, creationTimestamp: Number(request.date) };
  for (const [name, bytes] of request.files)
    compiler.mapShadow(path.join(root, name), bytes);
  const first = layOut(compiler, root, request.main, {});
  if (request.sheet === undefined)
    return compiler.pdf(first, options);
  compiler.mapShadow(path.join(root, 'cards.pdf'),
    compiler.pdf(first, { creationTimestamp: options.creationTimestamp, pdfTags: false }));
  return compiler.pdf(layOut(compiler, root, request.sheet, { pages: String(first.numOfPages) }),
    options);
}

// Nothing is there: all that a document is made of comes with the request.
const root = path.join(folder, 'nothing');
const compiler = NodeCompiler.create({ workspace: root, fontArgs: readFonts() });
for (;;) {
  const body = readBytes(readBytes(4).readUInt32LE(0));
  let answer;
  let status = 0;
  try {
    answer = render(compiler, root, parse(body));
  } catch (error) {
    status = 1;
    answer = Buffer.from(error.told ? error.message : explain(compiler, error));
  }
  compiler.resetShadow();
  compiler.evictCache(0);
  send(status, answer);
}
