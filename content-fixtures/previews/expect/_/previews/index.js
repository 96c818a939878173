vaultsite.previews({shards:1,version:"48eedc249f",style:"_/previews-HASH.css",label:"Preview"});
