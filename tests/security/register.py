"""The register of surfaces: who each address is for. Written by hand; a route that is missing here fails the tests.

public: shows the same to everybody · own: shows what belongs to the person · thing: depends on the thing it names ·
code: whoever holds the code in the address is meant · staff: needs a right
"""

PUBLIC = {
    "ideas:ideas", "ideas:feed", "ideas:submit", "search:search", "news:feed", "cms:picture", "cms:sitemap",
    "cms:sitemap_pages", "cms:sitemap_ideas", "cms:robots", "cms:security", "theme:style_guide",
    "accounts_own:admin_login", "accounts_own:admin_logout", "accounts_own:admin_password_reset",
    "accounts_own:request_code", "ideas:map", "ideas:map_data", "ideas:map_districts", "ideas:similar_ideas", "ideas:sorting",
    "ideas:campaign_notice", "ideas:embed_campaign",
}  # fmt: skip
OWN = {
    "ideas:mine", "ideas:groups", "ideas:delete_draft", "accounts_own:settings", "notifications:list",
    "ideas:claim", "ideas:draft", "notifications:read_all", "notifications:message", "notifications:read", "notifications:choose_mails",
}  # fmt: skip
THING = {
    "voting:support", "voting:catch_up", "ideas:picture", "ideas:idea_short", "ideas:receipt", "ideas:change",
    "ideas:withdraw", "ideas:trail", "ideas:answer", "ideas:add_comment", "ideas:idea", "ideas:comment",
    "ideas:delete_comment", "ideas:group", "moderation:report", "ideas:coauthors", "ideas:embed", "ideas:file",
    "ideas:links", "ideas:notice", "ideas:qr", "ideas:versions", "voting:also_mine", "voting:also_mine_catch_up",
    "voting:merging", "cms:rules", "cms:result", "cms:figures",
}  # fmt: skip
CODE = {
    "ideas:invitation", "ideas:coauthor_invitation", "moderation:receipt", "moderation:letter",
    "moderation:letter_data", "moderation:complaint",
}  # fmt: skip
STAFF = {
    "moderation_cms:queue", "moderation_cms:complaints", "moderation_cms:complaint", "moderation_cms:rules",
    "moderation_cms:rule", "moderation_cms:open", "moderation_cms:case", "moderation_cms:claim",
    "moderation_cms:release", "moderation_cms:preview", "moderation_cms:contribution", "undelivered",
    "copy_campaign", "ideas_cms_hints", "ideas_cms_outlines", "ideas_cms_table", "intake:list", "intake:new", "intake:renew",
}  # fmt: skip
REGISTER = PUBLIC | OWN | THING | CODE | STAFF
