// One TPDU in hex a line; what node-pdu reads in it, as one JSON object a line.
const { parse } = require("node-pdu");
console.warn = () => {};

function read(hex) {
  const pdu = parse(hex);
  const address = pdu.address ?? pdu.recipientAddress;
  const time = pdu.serviceCenterTimeStamp ?? pdu.timestamp;
  return { text: pdu.data?.getText(), number: address?.phone ?? undefined, time: time?.getIsoString() };
}

require("readline")
  .createInterface({ input: process.stdin })
  .on("line", (hex) => {
    try {
      process.stdout.write(JSON.stringify(read(hex)) + "\n");
    } catch (error) {
      process.stdout.write(JSON.stringify({ refused: String(error.message) }) + "\n");
    }
  });
