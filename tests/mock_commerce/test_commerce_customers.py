"""Customers: accounts, passwords, address books, groups (conformance case 181)."""

from __future__ import annotations

import json

import pytest
from commerce_buyer import ANN, PASSWORD, TEXAS, sign_in, sign_up
from commerce_shop import assert_commerce_error

from mock_commerce.config.quirks import PROFILES

DUPLICATE = "A customer with the same email address already exists in an associated website."
NO_SUCH = "No such entity with %fieldName = %fieldValue"
REQUIRED = '"%fieldName" is required. Enter and try again.'
ALWAYS_AVAILABLE = {"2.4.8", "2.4.9"}
AT_AN_END = "The password can't begin or end with a space. Verify the password and try again."
CLASSES = (
    "Minimum of different classes of characters in password is %1. "
    "Classes of characters: Lower Case, Upper Case, Digits, Special Characters."
)
BOOKED = {
    **{key: value for key, value in TEXAS.items() if key not in {"region_code", "email"}},
    "region": {"region_code": "TX", "region": "Texas", "region_id": 57},
}


def no_such_customer(answer, number):
    assert_commerce_error(answer, 404, NO_SUCH, {"fieldName": "customerId", "fieldValue": number})


@pytest.fixture
def own(shop):
    """Calls as the customer Ann."""
    headers = sign_up(shop)

    def call(method, path, body=None):
        return shop.client.open(f"/rest/V1/{path}", method=method, headers=headers, json=body)

    return call


@pytest.mark.conformance(181)
def test_181_customers_are_searched_by_groups_of_filters_and_sorted(shop, judge):
    for name in ("Cy", "Ann", "Bo"):
        shop.post("customers", {"customer": {**ANN, "email": f"{name}@example.com", "firstname": name}})
    query = {
        "searchCriteria[filterGroups][0][filters][0][field]": "firstname",
        "searchCriteria[filterGroups][0][filters][0][value]": "Ann",
        "searchCriteria[filterGroups][0][filters][1][field]": "email",
        "searchCriteria[filterGroups][0][filters][1][value]": "cy@%",
        "searchCriteria[filterGroups][0][filters][1][conditionType]": "like",
        "searchCriteria[sortOrders][0][field]": "firstname",
        "searchCriteria[sortOrders][0][direction]": "ASC",
    }
    found = shop.get("customers/search", query_string=query)
    judge.check("GET", "customers/search", found)
    assert [row["firstname"] for row in found["items"]] == ["Ann", "Cy"]
    answer = shop.call("GET", "customers/search")
    assert_commerce_error(answer, 400, REQUIRED, {"fieldName": "searchCriteria"})


@pytest.mark.conformance(181)
def test_181_a_customer_is_read_changed_and_deleted(shop, judge):
    made = shop.post("customers", {"customer": {**ANN, "taxvat": "12"}, "password": PASSWORD})
    assert (made["group_id"], made["store_id"], made["taxvat"]) == (1, 1, "12")
    judge.check("GET", "customers/1", shop.get("customers/1"))
    changed = shop.put("customers/1", {"customer": {**ANN, "id": 7, "lastname": "Li", "group_id": 2}})
    judge.check("PUT", "customers/1", changed)
    assert (changed["id"], changed["lastname"], changed["group_id"], changed["taxvat"]) == (1, "Li", 2, "12")
    assert shop.get("customers/1") == changed
    assert shop.call("DELETE", "customers/1").get_json() is True
    no_such_customer(shop.call("GET", "customers/1"), 1)


@pytest.mark.conformance(181)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
@pytest.mark.parametrize("number", [0, 9, -1])
def test_181_a_customer_there_is_not(shop, method, number):
    body = {"customer": ANN} if method == "PUT" else None
    no_such_customer(shop.call(method, f"customers/{number}", json=body), number)


@pytest.mark.conformance(181)
@pytest.mark.parametrize("path", ["customers/1", "customers/me"])
def test_181_a_change_names_the_website(shop, own, path):
    kept = {key: value for key, value in ANN.items() if key != "website_id"}
    body = {"customer": {**kept, "lastname": "Li"}}
    answer = own("PUT", path, body) if path.endswith("/me") else shop.call("PUT", path, json=body)
    assert_commerce_error(answer, 400, '"Associate to Website" is a required value.')
    assert shop.get("customers/1")["lastname"] == "Lee"


@pytest.mark.conformance(181)
def test_181_a_customer_changes_nobody_else(shop, own):
    shop.post("customers", {"customer": {**ANN, "email": "bo@example.com"}})
    answer = own("PUT", "customers/2", {"customer": {**ANN, "lastname": "Li"}})
    message = "The consumer isn't authorized to access %resources."
    assert_commerce_error(answer, 401, message, {"resources": "Magento_Customer::manage"})


@pytest.mark.conformance(181)
@pytest.mark.parametrize(
    ("field", "value", "found"),
    [("middlename", "M", 1), ("middlename", "invalid", 0), ("taxvat", "12", 1), ("gender", "1", 1),
     ("prefix", "Dr.", 1), ("default_billing", "1", 0)],
)  # fmt: skip
def test_181_customers_are_found_by_what_they_say_of_themselves(shop, field, value, found):
    said = {"middlename": "M", "taxvat": "12", "gender": 1, "prefix": "Dr."}
    shop.post("customers", {"customer": {**ANN, **said}})
    shop.post("customers", {"customer": {**ANN, "email": "bo@example.com"}})
    assert shop.search("customers/search", (field, value), ("lastname", "Lee"))["total_count"] == found


@pytest.mark.conformance(181)
def test_181_deleting_needs_its_own_permission(shop, own):
    message = "The consumer isn't authorized to access %resources."
    answer = own("DELETE", "customers/1")
    assert_commerce_error(answer, 401, message, {"resources": "Magento_Customer::delete"})
    shop.sim("roles", {"name": "Desk", "resources": ["Magento_Customer::manage"]})
    shop.sim("admins", {"username": "jane", "password": "pack1234", "role": "Desk"})
    login = {"username": "jane", "password": "pack1234"}
    headers = {"Authorization": f"Bearer {shop.post('integration/admin/token', login)}"}
    answer = shop.client.delete("/rest/V1/customers/1", headers=headers)
    assert_commerce_error(answer, 401, message, {"resources": "Magento_Customer::delete"})


@pytest.mark.conformance(181)
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"group_id": 99}, "The specified customer group id does not exist."),
        ({"website_id": 9}, "The website with id %1 that was requested wasn't found."),
        ({"store_id": 2}, "The store view is not in the associated website."),
        ({"email": "ann"}, '"Email" is not a valid email address.'),
        ({"lastname": "x" * 256}, '"Last Name" length must be equal or less than 255 characters.'),
        ({"firstname": ""}, '"First Name" is a required value.'),
        ({"firstname": None, "lastname": ""}, "One or more input exceptions have occurred."),
    ],
)
def test_181_customers_that_are_not_taken(shop, changes, message):
    shop.sim("websites", {"code": "eu"})
    shop.post("customers", {"customer": {**ANN, "email": "bo@example.com"}})
    for method, path in (("POST", "customers"), ("PUT", "customers/1")):
        answer = shop.call(method, path, json={"customer": {**ANN, **changes}})
        assert (answer.status_code, answer.get_json()["message"]) == (400, message)
    assert [row["email"] for row in shop.search("customers/search")["items"]] == ["bo@example.com"]


def test_an_email_address_belongs_to_one_customer_of_a_website(shop):
    shop.sim("websites", {"code": "eu"})
    shop.post("customers", {"customer": ANN})
    shop.post("customers", {"customer": {**ANN, "website_id": 2}})
    shop.post("customers", {"customer": {**ANN, "email": "bo@example.com"}})
    again = shop.call("POST", "customers", json={"customer": {**ANN, "email": "ANN@example.com"}})
    assert_commerce_error(again, 400, DUPLICATE)
    assert_commerce_error(shop.call("PUT", "customers/3", json={"customer": ANN}), 400, DUPLICATE)
    assert_commerce_error(
        shop.call("PUT", "customers/2", json={"customer": {**ANN, "website_id": 1}}), 400, DUPLICATE
    )


def test_everybody_may_open_an_account_but_not_choose_its_group(shop):
    answer = shop.client.post("/rest/V1/customers", json={"customer": {**ANN, "group_id": 2}})
    assert answer.get_json()["group_id"] == 1
    (mail,) = shop.client.get("/_sim/mails").get_json()["mails"]
    assert (mail["kind"], mail["customer_id"]) == ("customer_new_no_password", 1)


@pytest.mark.parametrize(
    ("password", "message", "parameters"),
    [
        ("Ab1", "The password needs at least %1 characters. Create a new password and try again.", [8]),
        ("a" * 257, "Please enter a password with at most %1 characters.", [256]),
        (" Secret123", AT_AN_END, None),
        ("secret123", CLASSES, [3]),
        (
            "Ann@example.com",
            "The password can't be the same as the email address. Create a new password and try again.",
            None,
        ),
    ],
)
def test_weak_passwords_are_refused(shop, password, message, parameters):
    answer = shop.call("POST", "customers", json={"customer": ANN, "password": password})
    assert_commerce_error(answer, 400, message, parameters)
    assert shop.search("customers/search")["items"] == []


def test_a_customer_sees_and_changes_himself(own):
    assert own("GET", "customers/me").get_json()["email"] == "ann@example.com"
    wish = {"customer": {**ANN, "id": 5, "group_id": 3, "firstname": "Anne"}}
    changed = own("PUT", "customers/me", wish).get_json()
    assert (changed["id"], changed["firstname"], changed["group_id"]) == (1, "Anne", 1)


def test_an_administrator_is_no_customer(shop):
    message = "The consumer isn't authorized to access %resources."
    assert_commerce_error(shop.call("GET", "customers/me"), 401, message, {"resources": "self"})


def test_a_password_is_changed_by_who_knows_it(shop, own):
    wrong = {"currentPassword": "Wrong1234", "newPassword": "Another123"}
    message = "The password doesn't match this account. Verify the password and try again."
    assert_commerce_error(own("PUT", "customers/me/password", wrong), 401, message)
    assert own("PUT", "customers/me/password", wrong | {"currentPassword": PASSWORD}).get_json() is True
    assert sign_in(shop, password="Another123")
    login = {"username": "ann@example.com", "password": PASSWORD}
    assert shop.call("POST", "integration/customer/token", json=login).status_code == 401


def test_a_forgotten_password_is_replaced_by_the_token_of_a_mail(shop, own):
    ask = {"email": "ann@example.com", "template": "email_reset", "websiteId": 1}
    assert shop.put("customers/password", ask) is True
    mail = shop.client.get("/_sim/mails").get_json()["mails"][0]
    assert (mail["kind"], mail["customer_id"]) == ("email_reset", 1)
    assert shop.get(f"customers/1/password/resetLinkToken/{mail['token']}") is True
    reset = {"email": "ann@example.com", "resetToken": "0" * 32, "newPassword": "Another123"}
    message = "The password token is mismatched. Reset and try again."
    assert_commerce_error(shop.call("POST", "customers/resetPassword", json=reset), 400, message)
    assert shop.post("customers/resetPassword", reset | {"resetToken": mail["token"]}) is True
    assert sign_in(shop, password="Another123")
    again = shop.call("POST", "customers/resetPassword", json=reset | {"resetToken": mail["token"]})
    assert_commerce_error(again, 400, message)


def test_a_mail_about_a_password_needs_a_customer_and_a_kind(shop, own):
    ask = {"email": "bo@example.com", "template": "email_reset", "websiteId": 1}
    message = "No such entity with %fieldName = %fieldValue, %field2Name = %field2Value"
    parameters = {
        "fieldName": "email",
        "fieldValue": "bo@example.com",
        "field2Name": "websiteId",
        "field2Value": 1,
    }
    assert_commerce_error(shop.call("PUT", "customers/password", json=ask), 404, message, parameters)
    wrong = {"email": "ann@example.com", "template": "postcard"}
    answer = shop.call("PUT", "customers/password", json=wrong)
    assert answer.status_code == 400
    assert len(shop.client.get("/_sim/mails").get_json()["mails"]) == 1


@pytest.mark.parametrize("version", PROFILES)
def test_whether_an_address_is_taken_is_told_by_older_versions_only(shop, own, version):
    """Quirk ``email_always_available``."""
    shop.sim("config", {"version": version})
    taken = shop.post("customers/isEmailAvailable", {"customerEmail": "ann@example.com"})
    assert taken is (version in ALWAYS_AVAILABLE)
    assert shop.post("customers/isEmailAvailable", {"customerEmail": "bo@example.com"}) is True


def test_addresses_are_kept_with_the_customer(shop, judge):
    wish = {**ANN, "addresses": [{**BOOKED, "default_billing": True, "default_shipping": True}]}
    made = shop.post("customers", {"customer": wish})
    judge.check("POST", "customers", made)
    (address,) = made["addresses"]
    assert (address["id"], address["customer_id"], address["region_id"]) == (1, 1, 57)
    assert made["default_billing"] == made["default_shipping"] == "1"
    assert shop.get("customers/addresses/1") == address
    assert shop.get("customers/1/billingAddress") == shop.get("customers/1/shippingAddress") == address
    other = {**BOOKED, "city": "Dallas", "default_shipping": True}
    changed = shop.put("customers/1", {"customer": {**ANN, "addresses": [{"id": 1, "city": "Waco"}, other]}})
    assert [one["city"] for one in changed["addresses"]] == ["Waco", "Dallas"]
    assert (changed["default_billing"], changed["default_shipping"]) == ("1", "2")
    assert shop.call("DELETE", "addresses/1").get_json() is True
    left = shop.get("customers/1")
    assert [one["id"] for one in left["addresses"]] == [2]
    assert "default_billing" not in left
    assert shop.get("customers/1/billingAddress") is None
    assert shop.put("customers/1", {"customer": ANN})["addresses"] == left["addresses"]
    assert shop.put("customers/1", {"customer": {**ANN, "addresses": []}})["addresses"] == []


def test_a_customer_finds_his_own_addresses(own):
    wish = {**ANN, "addresses": [{**BOOKED, "default_billing": True}]}
    assert own("PUT", "customers/me", {"customer": wish}).status_code == 200
    assert own("GET", "customers/me/billingAddress").get_json()["city"] == "Austin"
    assert own("GET", "customers/me/shippingAddress").get_json() is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"telephone": ""}, "telephone"),
        ({"street": []}, "street"),
        ({"region": {}, "region_id": None}, "regionId"),
        ({"country_id": None}, "countryId"),
    ],
)
def test_an_address_that_lacks_something_is_not_kept(shop, changes, field):
    answer = shop.call("POST", "customers", json={"customer": {**ANN, "addresses": [BOOKED | changes]}})
    assert_commerce_error(answer, 400, REQUIRED, {"fieldName": field})
    assert shop.search("customers/search")["items"] == []


def test_an_address_of_somebody_else_is_not_changed(shop):
    shop.post("customers", {"customer": {**ANN, "addresses": [BOOKED]}})
    thief = {**ANN, "email": "bo@example.com", "addresses": [{**BOOKED, "id": 1}]}
    answer = shop.call("POST", "customers", json={"customer": thief})
    assert_commerce_error(answer, 404, NO_SUCH, {"fieldName": "addressId", "fieldValue": 1})
    assert len(shop.search("customers/search")["items"]) == 1


def test_groups_are_those_of_a_new_shop_until_others_are_made(shop, judge):
    found = shop.search("customerGroups/search")
    judge.check("GET", "customerGroups/search", found)
    assert [group["code"] for group in found["items"]] == [
        "NOT LOGGED IN",
        "General",
        "Wholesale",
        "Retailer",
    ]
    made = shop.post("customerGroups", {"group": {"code": "VIP"}})
    assert (made["id"], made["tax_class_id"]) == (4, 3)
    assert shop.put("customerGroups/4", {"group": {"code": "Very", "tax_class_id": 3}})["code"] == "Very"
    assert shop.get("customerGroups/default")["id"] == 1
    assert shop.put("customerGroups/default/4", {}) == 4
    assert shop.get("customerGroups/default/1")["code"] == "Very"
    assert shop.post("customers", {"customer": ANN})["group_id"] == 4
    assert shop.put("customerGroups/default/1", {}) == 1
    assert shop.get("customerGroups/4/permissions") is False
    assert shop.call("DELETE", "customerGroups/4").get_json() is True
    assert shop.get("customers/1")["group_id"] == 1


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "message"),
    [
        ("GET", "customerGroups/9", None, 404, NO_SUCH),
        ("GET", "customerGroups/default/9", None, 404, NO_SUCH),
        ("DELETE", "customerGroups/0", None, 400, "Cannot delete group."),
        ("DELETE", "customerGroups/1", None, 400, "Cannot delete group."),
        ("POST", "customerGroups", {"group": {}}, 400, REQUIRED),
        ("POST", "customerGroups", {"group": {"code": "general"}}, 400, "Customer Group already exists."),
        (
            "POST",
            "customerGroups",
            {"group": {"code": "VIP", "tax_class_id": 9}},
            400,
            'Invalid value of "%value" provided for the %fieldName field.',
        ),
    ],
)
def test_groups_that_do_not_work(shop, method, path, body, status, message):  # noqa: PLR0917 - a table's row
    answer = shop.call(method, path, json=body)
    assert (answer.status_code, answer.get_json()["message"]) == (status, message)


def test_accounts_need_no_confirmation(shop, own):
    assert shop.get("customers/1/confirm") == "account_confirmation_not_required"
    assert shop.get("customers/1/permissions/readonly") is False
    active = "The account is already active."
    assert_commerce_error(own("PUT", "customers/me/activate", {"confirmationKey": "x"}), 400, active)
    assert_commerce_error(shop.call("PUT", "customers/ann@example.com/activate", json={}), 400, active)
    wish = {"email": "ann@example.com", "websiteId": 1, "redirectUrl": ""}
    assert_commerce_error(
        shop.call("POST", "customers/confirm", json=wish), 400, "Confirmation isn't needed."
    )
    assert shop.put("customers/validate", {"customer": ANN}) == {"valid": True, "messages": []}
    assert shop.put("customers/validate", {"customer": {}})["valid"] is False


@pytest.mark.parametrize(
    ("customer", "status"),
    [
        ({**ANN, "colour": "red"}, 500),
        ({**ANN, "email": ["a"]}, 400),
        ({**ANN, "group_id": "many"}, 400),
        ({**ANN, "addresses": "x", "firstname": ""}, 400),
        ({**ANN, "addresses": ["x"]}, 400),
        ({**ANN, "addresses": [{**BOOKED, "region": {"region_id": "TX"}}]}, 400),
        ({**ANN, "addresses": [{**BOOKED, "street": "1 Main St"}]}, 400),
        ({**ANN, "website_id": 10**25}, 400),
        ({**ANN, "gender": 1e400}, 400),
        ("x", 400),
        (None, 400),
    ],
    ids=str,
)
def test_customers_that_make_no_sense(shop, customer, status):
    content = json.dumps({"customer": customer})
    answer = shop.call("POST", "customers", data=content, content_type="application/json")
    assert answer.status_code == status
    assert shop.search("customers/search")["items"] == []


def test_nobody_is_shown_in_the_state(shop, own):
    assert "ann@example.com" not in str(shop.state())
