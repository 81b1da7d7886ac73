"""Tags of an HTTP API and of its stages: ministack takes changes of them, and answers with the ones that they were made
with, so that Terraform would change them for ever.
"""


def adapt_api_tags(modules: dict):
    apigateway = modules["apigateway"]

    def tell(arn: str):
        """Writes the tags into what GetApi or GetStage answers with."""
        canonical, refused = apigateway._validate_tag_resource_arn(arn)
        if refused or "/apis/" not in canonical:
            return
        _, _, path = canonical.partition("/apis/")
        api_id, *rest = path.split("/")
        of = apigateway._stages[api_id][rest[1]] if rest else apigateway._apis[api_id]
        of["tags"] = dict(apigateway._api_tags.get(canonical, {}))

    def told(handler):
        def handle(arn, change):
            answer = handler(arn, change)
            tell(arn)
            return answer
        return handle

    apigateway._tag_resource = told(apigateway._tag_resource)
    apigateway._untag_resource = told(apigateway._untag_resource)
