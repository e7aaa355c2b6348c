"""Redacts a folder of messages with Spark: `python3 spark.py CAVIARD FOLDER OUT`.

Two passes over lines of JSON that Spark pipes through `caviard`. The first says who is who in each
message; its lines are brought together in one file, which every worker of the second has. So the
same person has the same label in all copies, though no process sees more than its share. `local[2]` is
two workers on this machine; on a cluster, `caviard` and the file lie where every machine finds them.
"""

import base64
import json
import pathlib
import subprocess
import sys

from pyspark.sql import SparkSession

caviard, folder, out = sys.argv[1:]
out = pathlib.Path(out)
out.mkdir(parents=True)
people = out / "people.json"  # personal data: it goes when the copies are there

spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()


def line(file):
    name, content = file
    return json.dumps({"name": name.rsplit("/", 1)[-1], "eml": base64.b64encode(content).decode()})


messages = spark.sparkContext.binaryFiles(folder, minPartitions=4).map(line)

facts = messages.pipe(f"'{caviard}' people --jsonl").collect()
subprocess.run([caviard, "people", "--merge", "--out", people], input="\n".join(facts).encode(), check=True)

for text in messages.pipe(f"'{caviard}' redact --jsonl --people '{people}'").toLocalIterator():
    copy = json.loads(text)
    if copy["eml"] is None:
        print(copy["name"], copy["status"], file=sys.stderr)
    else:
        (out / copy["name"]).write_bytes(base64.b64decode(copy["eml"]))
people.unlink()
spark.stop()
