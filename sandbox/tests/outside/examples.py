"""Runs the examples of the definition against a sandbox, with a Python client that openapi-generator makes from the
same definition, and with curl.

Arguments: the URL of the sandbox, a company, a token, and a folder for the client.
"""

import importlib
import json
import os
import subprocess
import sys
import time

import openapi_generator_cli

URL, COMPANY, TOKEN, FOLDER = sys.argv[1:]
FINAL = {"COMPLETED_SUCCESSFULLY", "COMPLETED_WITH_ERRORS", "COMPLETED_WITH_WARNINGS"}


def without_names_of_defaults(node):
    """openapi-generator 7.26 writes a default that has a name in `x-enum-varnames` so that Python can't load it."""
    if isinstance(node, list):
        return [without_names_of_defaults(item) for item in node]
    if not isinstance(node, dict):
        return node
    left_out = "x-enum-varnames" if "default" in node else None
    return {name: without_names_of_defaults(value) for name, value in node.items() if name != left_out}


def generate(definition):
    """Makes the client, and returns its package."""
    jar = os.path.join(os.path.dirname(openapi_generator_cli.__file__), "openapi-generator.jar")
    os.makedirs(FOLDER, exist_ok=True)
    path = os.path.join(FOLDER, "definition.json")
    with open(path, "w") as file:
        json.dump(without_names_of_defaults(definition), file)
    command = ["java", "-jar", jar, "generate", "-g", "python", "-i", path, "-o", FOLDER]
    made = subprocess.run(command + ["--package-name", "cards_client"], capture_output=True, text=True)
    assert made.returncode == 0, made.stdout + made.stderr
    sys.path.insert(0, FOLDER)
    return importlib.import_module("cards_client")


def curl(method, path, body=None):
    """Makes a call, and returns status and body."""
    command = ["curl", "-sS", "--noproxy", "*", "-X", method, "-w", "\n%{http_code}", URL + path]
    command += ["-H", f"authorization: Bearer {TOKEN}"]
    if body is not None:
        command += ["-H", "content-type: application/json", "-d", json.dumps(body)]
    text, status = subprocess.run(command, capture_output=True, text=True, check=True).stdout.rsplit("\n", 1)
    return int(status), json.loads(text)


def bulk(kind):
    return f"/cards/v4/companies/{COMPANY}/{kind}/bulk"


def until_final(state):
    """Asks for a state until it is final."""
    for _ in range(200):
        found = state()
        if found in FINAL:
            return found
        time.sleep(0.05)
    raise AssertionError(f"it stays {found}")


def with_client(package, accounts, transactions, refused):
    api = package.ApiClient(package.Configuration(host=URL, access_token=TOKEN))
    requests = package.BulkRequestsApi(api)

    def ends(accepted):
        return until_final(lambda: requests.get_bulk_request(COMPANY, accepted.request_id).status)

    accepted = package.AccountsApi(api).create_accounts_bulk(COMPANY, package.CreateAccountList.from_dict(accounts))
    assert accepted.links[0].rel == "self", accepted
    assert ends(accepted) == "COMPLETED_SUCCESSFULLY"
    send = package.TransactionsApi(api).create_transactions_bulk
    assert ends(send(COMPANY, package.CreateTransactionList.from_dict(transactions))) == "COMPLETED_SUCCESSFULLY"

    wrong = json.loads(json.dumps(accounts))
    del wrong["accounts"][1]["billingAccount"]
    try:
        package.AccountsApi(api).create_accounts_bulk(COMPANY, package.CreateAccountList.from_dict(wrong))
    except package.exceptions.BadRequestException as error:
        # The client reads the error body as its own type.
        [told] = error.data
        [finding] = told.errors
        expected = refused[0]["errors"][0]
        assert (finding.error_code, finding.data_path) == (expected["errorCode"], expected["dataPath"]), finding
    else:
        raise AssertionError("a virtual account without a billing account is accepted")


def findings(body):
    return [(found["errorCode"], found["dataPath"]) for found in body[0]["errors"]]


def with_curl(accounts, transactions, refused):
    # Both have been created: an item that is known is ignored with an error.
    for kind, body in (("accounts", accounts), ("transactions", transactions)):
        status, accepted = curl("POST", bulk(kind), body)
        assert status == 202, accepted
        path = accepted["links"][0]["href"].removeprefix(URL)
        assert until_final(lambda: curl("GET", path)[1]["status"]) == "COMPLETED_WITH_ERRORS"
    wrong = json.loads(json.dumps(accounts))
    del wrong["accounts"][1]["billingAccount"]
    wrong["accounts"][1]["lastSegment"] = "035"
    status, answer = curl("POST", bulk("accounts"), wrong)
    assert (status, findings(answer)) == (400, findings(refused)), answer
    assert answer[0]["dataPath"] == "/v4" + bulk("accounts").removeprefix("/cards/v4")


def main():
    status, definition = curl("GET", "/openapi.json")
    assert status == 200
    examples = {name: example["value"] for name, example in definition["components"]["examples"].items()}
    bodies = [examples[name] for name in ("AccountsWithVirtualCard", "TransactionWithTicket", "RefusedAccounts")]
    with_client(generate(definition), *bodies)
    with_curl(*bodies)
    print("every example works")


main()
