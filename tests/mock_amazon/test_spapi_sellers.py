def account(amazon):
    return amazon.call("getAccount", "GET", "/sellers/v1/account").get_json()["payload"]


def test_an_account_tells_its_business_and_its_marketplaces(amazon):
    told = account(amazon)
    assert (told["businessType"], told["sellingPlan"]) == ("PRIVATE_LIMITED", "PROFESSIONAL")
    assert told["marketplaceParticipationList"] == amazon.participations().get_json()["payload"]
    assert told["business"]["name"] == "SELLER-1"


def test_a_person_has_no_business(amazon):
    wish = {"seller": "SELLER-1", "marketplaces": ["US"], "business_type": "INDIVIDUAL"}
    amazon.sim("sellers", {**wish, "selling_plan": "INDIVIDUAL"}, 201)
    told = account(amazon)
    assert (told["businessType"], told["sellingPlan"]) == ("INDIVIDUAL", "INDIVIDUAL")
    assert "business" not in told


def test_listings_are_suspended_in_some_marketplaces_until_told_otherwise(amazon):
    def suspended():
        payload = amazon.participations().get_json()["payload"]
        return {
            entry["marketplace"]["countryCode"]: entry["participation"]["hasSuspendedListings"]
            for entry in payload
        }

    wish = {"seller": "SELLER-1", "marketplaces": ["CA"], "store_name": "Mugs & More"}
    amazon.sim("sellers", {**wish, "suspended": ["CA"]}, 201)
    assert suspended() == {"US": False, "CA": True}
    amazon.sim("sellers", {"seller": "SELLER-1", "marketplaces": ["MX"]}, 201)
    assert suspended() == {"US": False, "CA": True, "MX": False}
    amazon.sim("sellers", {"seller": "SELLER-1", "marketplaces": ["MX"], "suspended": []}, 201)
    assert not any(suspended().values())
    (name,) = {entry["storeName"] for entry in amazon.participations().get_json()["payload"]}
    assert name == "Mugs & More"
